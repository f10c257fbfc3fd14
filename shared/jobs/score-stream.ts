import { type Day, daysBetween } from '../basics/day.ts';
import { roundTo } from '../basics/ratio.ts';
import { plural } from '../basics/text.ts';
import type { MeasureId } from '../config/default-model.ts';
import { accountRows } from '../features/account-row.ts';
import { featureQuery } from '../features/feature-query.ts';
import { answerableFrom } from '../health/answerable.ts';
import { type Distributions, driftReason } from '../health/drift-guard.ts';
import type { SegmentHealth } from '../health/segment-health.ts';
import { sinceFrom } from '../health/tenure.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import { measureDistribution, portfolioTrend } from '../publish/tables.ts';
import type { SourceState } from '../sources/finding.ts';
import { type HealthTallies, healthDesk } from './account-desk.ts';
import { accountsScored, healthEventDesk } from './health-events.ts';
import {
  dataQualityRows,
  distributionRows,
  measureHealthRow,
  parentHealthRow,
  portfolioRow,
  segmentHealthRow,
} from './health-rows.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDays } from './past-days.ts';
import { pastHealths } from './past-health.ts';
import { publishedRows } from './published-rows.ts';
import { currencyOn } from './quoted-rates.ts';
import { type RiskSummary, riskDesk } from './risk-desk.ts';
import type { scoreTables } from './score-tables.ts';

interface Stream extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
}

/** What the run found, for its manifest. */
export interface ScoreSummary extends RiskSummary {
  readonly parts: readonly SegmentHealth[];
  /** Why alerts are held; null when they are not. */
  readonly guard: string | null;
  readonly changedBand: number;
  /** Customers whose band is that of an override. */
  readonly overridden: number;
}

const TREND_KEPT_DAYS = 400;

/** Streams the accounts past both desks and writes every table of the run. */
export const scoreInto = async (
  open: OpenTables<typeof scoreTables>,
  stream: Stream,
  { warehouse, store, progress }: JobPorts,
): Promise<ScoreSummary> => {
  const { config, asOf, run, states, days } = stream;
  const sources = { answerable: answerableFrom(states), since: sinceFrom(states) };
  const [lastRun, baseline] = await Promise.all([
    pastHealths(store, days.lastRun),
    pastHealths(store, days.baseline),
  ]);
  const reporting = config.currency.reporting;
  const isFirst = days.lastRun === null;
  const events = healthEventDesk({ asOf, currency: reporting, isFirst }, open.healthEvents);
  const told = { config, asOf, ...sources, events };
  const health = healthDesk({ ...told, days, lastRun, baseline }, open);
  const risk = await riskDesk({ ...told, store, lastRun: days.lastRun }, open);

  const rowsExpected = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
  const currency = await currencyOn(warehouse, states, { asOf, currency: config.currency });
  const sql = featureQuery(states, { asOf, ...currency });
  const query = { name: 'account-features', sql, orderBy: 'account_id', rowsExpected };
  const scoring = progress.step('Reading and scoring accounts');
  let done = 0;
  for await (const batch of warehouse.stream({ ...query, runKey: run.key })) {
    const last = String(batch.columns.account_id?.[batch.rowCount - 1]);
    await Promise.all([lastRun.reach(last), baseline.reach(last), risk.reach(last)]);
    for (const account of accountRows(batch, asOf)) risk.judge(account, health.assess(account));
    done += batch.rowCount;
    await flushAll(open);
    scoring.update(done, rowsExpected);
  }
  scoring.done(plural(done, 'account'));

  const parts = health.tallies.segments.parts();
  await writeTallies(open, health.tallies, parts, { ...stream, store });
  const guard = await guardReason(health.tallies, stream, store);
  const found = await risk.finish(guard);
  const changedBand = health.tallies.drift.bands().changed;
  const { overridden } = health.tallies;
  const summary: ScoreSummary = { parts, guard, changedBand, overridden, ...found };
  const scored = { run, states, accounts: done, currency: reporting };
  open.healthEvents.add(accountsScored(summary, scored));
  return summary;
};

async function flushAll(open: OpenTables<typeof scoreTables>): Promise<void> {
  for (const table of Object.values(open)) await table.flush();
}

async function writeTallies(
  open: OpenTables<typeof scoreTables>,
  tallies: HealthTallies,
  parts: readonly SegmentHealth[],
  { config, asOf, states, days, store }: Stream & { store: ObjectStore },
): Promise<void> {
  for (const part of parts) open.segmentHealth.add(segmentHealthRow(part));
  for (const part of tallies.measures.parts()) open.measureHealth.add(measureHealthRow(part));
  for (const parent of tallies.parents.parents(config.model)) {
    open.parentHealth.add(parentHealthRow(parent));
  }
  for (const row of distributionRows(tallies.drift.distributions())) {
    open.measureDistribution.add(row);
  }
  const { weighted, arrCents } = tallies.mean;
  const earlier = (await publishedRows(store, days.lastRun, portfolioTrend)) ?? [];
  for (const row of earlier) {
    if (daysBetween(row.day as Day, asOf) < TREND_KEPT_DAYS) open.portfolioTrend.add(row);
  }
  open.portfolioTrend.add(
    portfolioRow(asOf, parts, arrCents === 0 ? null : roundTo(weighted / arrCents, 4)),
  );
  for (const state of states) {
    for (const row of dataQualityRows(state)) open.dataQuality.add(row);
  }
}

async function guardReason(
  { drift }: HealthTallies,
  { config, days }: Stream,
  store: ObjectStore,
): Promise<string | null> {
  const rows = await publishedRows(store, days.lastRun, measureDistribution);
  const before = rows === null ? null : distributionsOf(rows);
  const found = { bands: drift.bands(), now: drift.distributions(), before };
  return driftReason(found, config.drift_guard);
}

function distributionsOf(
  rows: readonly { measure: string; bin: number; accounts: number }[],
): Distributions {
  const bins = new Map<MeasureId, number[]>();
  for (const { measure, bin, accounts } of rows) {
    const mine = bins.get(measure as MeasureId) ?? [];
    mine[bin] = accounts;
    bins.set(measure as MeasureId, mine);
  }
  return bins;
}
