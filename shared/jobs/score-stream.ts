import { type Day, daysBetween } from '../basics/day.ts';
import { roundTo } from '../basics/ratio.ts';
import { plural } from '../basics/text.ts';
import type { MeasureId } from '../config/default-model.ts';
import { type Distributions, driftReason } from '../health/drift-guard.ts';
import type { SegmentHealth } from '../health/segment-health.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import { measureDistribution, portfolioTrend } from '../publish/tables.ts';
import type { SourceState } from '../sources/finding.ts';
import { accountsScored } from './health-events.ts';
import {
  dataQualityRows,
  distributionRows,
  measureHealthRow,
  parentHealthRow,
  portfolioRow,
  segmentHealthRow,
} from './health-rows.ts';
import { type HealthTallies, healthTallies } from './health-tallies.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDays } from './past-days.ts';
import { publishedRows } from './published-rows.ts';
import { rangeTables } from './range-rows.ts';
import { type RiskSummary, riskTally } from './risk-tally.ts';
import type { scoreTables } from './score-tables.ts';
import { scoredRanges } from './scored-ranges.ts';

interface Stream extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
}

/** What the run found, for its manifest. */
export interface ScoreSummary extends RiskSummary {
  /** The whole customer base, band by band. */
  readonly whole: readonly SegmentHealth[];
  /** Why alerts are held; null when they are not. */
  readonly guard: string | null;
  readonly changedBand: number;
  /** Customers whose band is that of an override. */
  readonly overridden: number;
}

const TREND_KEPT_DAYS = 400;

const TABLES_OF_RANGES = Object.keys(rangeTables) as (keyof typeof rangeTables)[];

/** Has the accounts scored range by range, and writes every table of the run. */
export const scoreInto = async (
  open: OpenTables<typeof scoreTables>,
  stream: Stream,
  ports: JobPorts,
): Promise<ScoreSummary> => {
  const { config, run, states } = stream;
  const tallies = { health: healthTallies(), risk: riskTally(config.risk) };
  const accounts = await scoreAll(open, stream, tallies, ports);

  const { store } = ports;
  const { health, risk } = tallies;
  const whole = writeSegments(open, health);
  await writeTallies(open, health, whole, { ...stream, store });
  const guard = await guardReason(health, stream, store);
  const found = await risk.finish(guard, open, store);
  const changedBand = health.drift.bands().changed;
  const { overridden } = health.whole;
  const summary: ScoreSummary = { whole, guard, changedBand, overridden, ...found };
  const told = { run, states, accounts, currency: config.currency.reporting };
  open.healthEvents.add(accountsScored(summary, told));
  return summary;
};

interface Tallies {
  readonly health: HealthTallies;
  readonly risk: ReturnType<typeof riskTally>;
}

/** Puts the ranges together in their order; what has scored them is let go of at the end. */
async function scoreAll(
  open: OpenTables<typeof scoreTables>,
  stream: Stream,
  { health, risk }: Tallies,
  ports: JobPorts,
): Promise<number> {
  const expected = stream.states.find(({ id }) => id === 'accounts')?.rows ?? 0;
  const scored = scoredRanges(stream, expected, ports);
  const scoring = ports.progress.step('Reading and scoring accounts');
  let done = 0;
  for await (const range of scored) {
    for (const name of TABLES_OF_RANGES) open[name].append(range.groups[name]);
    health.absorb(range.health);
    risk.absorb(range.risk);
    done += range.accounts;
    for (const table of Object.values(open)) await table.flush();
    scoring.update(done, expected);
  }
  scoring.done(plural(done, 'account'));
  return done;
}

/** Gives the rows of the whole customer base. */
function writeSegments(
  { segmentHealth }: Pick<OpenTables<typeof scoreTables>, 'segmentHealth'>,
  { segments }: HealthTallies,
): SegmentHealth[] {
  const whole: SegmentHealth[] = [];
  for (const part of segments.parts()) {
    segmentHealth.add(segmentHealthRow(part));
    if (part.cut === 'all') whole.push(part);
  }
  return whole;
}

async function writeTallies(
  open: OpenTables<typeof scoreTables>,
  tallies: HealthTallies,
  whole: readonly SegmentHealth[],
  { config, asOf, states, days, store }: Stream & { store: ObjectStore },
): Promise<void> {
  for (const part of tallies.measures.parts()) open.measureHealth.add(measureHealthRow(part));
  for (const parent of tallies.parents.parents(config.model)) {
    open.parentHealth.add(parentHealthRow(parent));
  }
  for (const row of distributionRows(tallies.drift.distributions())) {
    open.measureDistribution.add(row);
  }
  const { weighted, arrCents } = tallies.whole;
  const earlier = (await publishedRows(store, days.lastRun, portfolioTrend)) ?? [];
  for (const row of earlier) {
    if (daysBetween(row.day as Day, asOf) < TREND_KEPT_DAYS) open.portfolioTrend.add(row);
  }
  open.portfolioTrend.add(
    portfolioRow(asOf, whole, arrCents === 0 ? null : roundTo(weighted / arrCents, 4)),
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
