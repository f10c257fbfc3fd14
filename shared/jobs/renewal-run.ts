import { addDays, type Day, dayToEpoch } from '../basics/day.ts';
import { plural } from '../basics/text.ts';
import { accountRows } from '../features/account-row.ts';
import { featureQuery } from '../features/feature-query.ts';
import { answerableFrom } from '../health/answerable.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import { accuracyTally } from '../renewals/accuracy.ts';
import type { Standing } from '../renewals/clock.ts';
import { rateTally } from '../renewals/renewal-rates.ts';
import { calendarOfYear } from '../revenue/calendar.ts';
import type { SourceState } from '../sources/finding.ts';
import { calendarFiles } from './calendar-files.ts';
import { writeEntitlements } from './entitlement-desk.ts';
import { financeFiles } from './finance-files.ts';
import { forecastWords } from './forecast-words.ts';
import { frozenForecasts } from './frozen-forecasts.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDay, PastDays } from './past-days.ts';
import { pastIdentities, renewedInPlace } from './past-renewals.ts';
import { type RevenueOfDay, reconcile } from './reconcile.ts';
import { type RenewalBeside, renewalBeside } from './renewal-beside.ts';
import { renewalDesk } from './renewal-desk.ts';
import { forecastChanged } from './renewal-events.ts';
import { accuracyRow, rateRow, rollupRow, walkRow } from './renewal-rows.ts';
import { type NearRenewal, type RenewalsFound, streamRenewals } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';
import { booksOf } from './revenue-stream.ts';

interface Gathered extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
  /** The day whose use of entitlements tells the recent pace. */
  readonly monthAgo: PastDay | null;
  readonly health: PastDay | null;
  readonly revenue: RevenueOfDay;
}

interface Files {
  readonly open: OpenTables<typeof renewalTables>;
  readonly others: OtherFiles;
}

/** Names the renewals, readies and forecasts them account by account, and writes all there is. */
export const renewalsInto = async (
  { open, others }: Files,
  gathered: Gathered,
  ports: JobPorts,
): Promise<Manifest['summary']> => {
  const { config, asOf, run, states, days, health } = gathered;
  const { store } = ports;
  const { lastRun, baseline: weekAgo } = days;
  const printed = {
    currency: config.currency.reporting,
    definitionsId: `${run.definitions.id}-${run.definitions.hash}`,
  };
  const books = await booksOf(gathered, states, ports, calendarOfYear(asOf));
  const rates = rateTally(config.renewals.forecast);
  const accuracy = accuracyTally();
  const frozen = await frozenForecasts({
    ...{ asOf, lastRun, store, rates, accuracy },
    historyDays: config.renewals.forecast.history_days,
    write: (row) => open.forecastSnapshots.add(row),
  });
  const past = await pastIdentities(store, lastRun);
  const { definitionsId } = printed;
  const stream = { ...gathered, books, past, rates, frozen, definitionsId };
  const found = await streamRenewals(open, stream, ports);
  const arrCents = await reconcile(store, gathered.revenue, found.live);
  const near = await withThoseInPlace(open, found, gathered, ports);

  const ratesInUse = rates.finish(frozen);
  for (const row of ratesInUse.rows(config.segments.map(({ id }) => id))) {
    open.renewalRates.add(rateRow(row));
  }
  const finance = await financeFiles(others, run);
  const calendars = calendarFiles(others, asOf);
  const beside = await renewalBeside({ asOf, run, states, health, lastRun, weekAgo }, ports);
  const answerable = answerableFrom(states);
  const desk = renewalDesk(
    {
      ...{ asOf, config, states, answerable, books, near, frozen, beside, lastRun, health },
      rates: ratesInUse,
      onForecast(row) {
        finance.forecast.add(row);
        if (row.state !== 'open') return;
        calendars.add({
          ...{ renewalId: row.renewal_id, accountId: row.account_id, accountName: row.name },
          ...{ decisionOn: row.decision_on as Day, termEnd: row.due_on as Day },
          ...{ dueArrCents: row.due_arr_cents, currency: row.currency },
          ...{ category: row.category, ownerEmail: row.owner_email },
        });
      },
    },
    open,
  );
  const flush = async () => {
    for (const table of Object.values(open)) await table.flush();
    await finance.flush();
  };
  await streamAccounts(gathered, ports, { beside, judge: desk.judge, flush });
  await desk.finish();
  frozen.finish();

  const { tallies } = desk;
  const sums = tallies.forecast.sums();
  for (const sum of sums) {
    const row = rollupRow(sum, printed);
    open.renewalRollups.add(row);
    finance.rollups.add(row);
  }
  if (weekAgo !== null) {
    for (const line of tallies.walk.rows()) {
      const row = walkRow(line, weekAgo.asOf, printed);
      open.forecastWalk.add(row);
      finance.walk.add(row);
    }
  }
  if (lastRun !== null) {
    const { forecast: policy } = config.renewals;
    const since = { asOf, since: lastRun.asOf, currency: printed.currency, policy };
    for (const event of forecastChanged(tallies.sinceLastRun.rows(), since)) {
      open.renewalEvents.add(event);
    }
  }
  const window = { from: addDays(asOf, -365), to: asOf };
  for (const row of accuracy.rows()) open.forecastAccuracy.add(accuracyRow(row, window, printed));
  const { entitlements: policy } = config.renewals;
  const metrics = await writeEntitlements(
    open.entitlementStatus,
    { ...gathered, policy, baseline: gathered.monthAgo },
    ports,
  );
  const reconciliation = { revenueArrCents: arrCents, renewalsArrCents: found.live.whole };
  await finance.finish({ words: forecastWords(config, asOf), reconciliation });
  await calendars.finish();

  const open_ = sums.filter(({ cut, periodKind }) => cut === 'all' && periodKind === 'quarter');
  const total = (of: (sum: (typeof sums)[number]) => number) =>
    open_.reduce((all, sum) => all + of(sum), 0);
  return {
    ...{ currency: printed.currency, definitions_id: printed.definitionsId },
    renewals: found.renewals,
    live_arr_cents: found.live.whole,
    forecast_renewals: total(({ renewals }) => renewals),
    due_arr_cents: total(({ due }) => due),
    open_arr_cents: total(({ open: cents }) => cents),
    expected_cents: total(({ expected }) => expected),
    at_risk_cents: total(({ atRisk }) => atRisk),
    milestones_reached: tallies.milestonesReached,
    findings: tallies.findings,
    disagreements: tallies.disagreements,
    bill_shocks: metrics.shocks,
    saturated: metrics.saturated,
    health_as_of: health?.asOf ?? null,
  };
};

/** Adds the renewals that were written over with the next term, which the warehouse has forgotten. */
async function withThoseInPlace(
  open: Files['open'],
  { near, inPlace }: RenewalsFound,
  { asOf, days }: Gathered,
  { store }: JobPorts,
): Promise<ReadonlyMap<string, readonly NearRenewal[]>> {
  const all = new Map(near);
  for await (const row of renewedInPlace(store, days.lastRun, { asOf, inPlace })) {
    open.renewals.add(row);
    const [start, end] = [row.term_start, row.term_end].map((day) => dayToEpoch(day as Day));
    const decision = dayToEpoch(row.decision_on as Day);
    const decidedOn = dayToEpoch(row.decided_on as Day);
    const standing: Standing = {
      ...{ decision, decidedOn, says: row.says, state: 'renewed', how: 'in_place' },
    };
    const renewal = { row, standing, start: start ?? 0, end: end ?? 0, clock: decision };
    all.set(row.account_id, [...(all.get(row.account_id) ?? []), { ...renewal, autoRenew: null }]);
  }
  return all;
}

interface Accounts {
  readonly beside: RenewalBeside;
  readonly judge: ReturnType<typeof renewalDesk>['judge'];
  readonly flush: () => Promise<void>;
}

async function streamAccounts(
  { config, asOf, run, states }: Gathered,
  { warehouse, progress }: JobPorts,
  { beside, judge, flush }: Accounts,
): Promise<void> {
  const rowsExpected = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
  const { reporting, rates } = config.currency;
  const sql = featureQuery(states, { asOf, reporting, rates });
  const query = { name: 'renewal-features', sql, orderBy: 'account_id', rowsExpected };
  const step = progress.step('Reading accounts and forecasting their renewals');
  let done = 0;
  for await (const batch of warehouse.stream({ ...query, runKey: run.key })) {
    await beside.reach(String(batch.columns.account_id?.[batch.rowCount - 1]));
    for (const account of accountRows(batch, asOf)) judge(account);
    done += batch.rowCount;
    await flush();
    step.update(done, rowsExpected);
  }
  step.done(plural(done, 'account'));
}
