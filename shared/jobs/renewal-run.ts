import { addDays } from '../basics/day.ts';
import { answerableFrom } from '../health/answerable.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import { accuracyTally } from '../renewals/accuracy.ts';
import { rateTally } from '../renewals/renewal-rates.ts';
import { calendarOfYear } from '../revenue/calendar.ts';
import type { SourceState } from '../sources/finding.ts';
import { type EntitlementCounts, writeEntitlements } from './entitlement-desk.ts';
import { withThoseForgotten } from './forgotten-renewals.ts';
import { frozenForecasts } from './frozen-forecasts.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDay, PastDays } from './past-days.ts';
import { pastIdentities } from './past-renewals.ts';
import { type RevenueOfDay, reconcile } from './reconcile.ts';
import { type ForecastTallies, forecastAccounts } from './renewal-accounts.ts';
import { forecastChanged } from './renewal-events.ts';
import { type OutgoingFiles, outgoingFiles } from './renewal-files.ts';
import { accuracyRow, type Printed, rateRow, rollupRow, walkRow } from './renewal-rows.ts';
import { type RenewalsFound, streamRenewals } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';
import { booksOf } from './revenue-stream.ts';

/** All that a run goes by. The last run tells what was known, the baseline the forecast of a week ago. */
export interface Gathered extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
  /** The same where their money is in the currency of today, else nothing. */
  readonly money: PastDays;
  /** The day whose use of entitlements tells the recent pace. */
  readonly monthAgo: PastDay | null;
  readonly health: PastDay | null;
  readonly revenue: RevenueOfDay;
}

type Open = OpenTables<typeof renewalTables>;

/** Names the renewals, readies and forecasts them account by account, and writes all there is. */
export const renewalsInto = async (
  { open, others }: { readonly open: Open; readonly others: OtherFiles },
  gathered: Gathered,
  ports: JobPorts,
): Promise<Manifest['summary']> => {
  const { config, asOf, run, states, monthAgo, revenue } = gathered;
  const printed = {
    currency: config.currency.reporting,
    definitionsId: `${run.definitions.id}-${run.definitions.hash}`,
  };
  const books = await booksOf(gathered, states, ports, calendarOfYear(asOf));
  const memory = await remembered(open, gathered, ports);
  const named = { ...gathered, ...memory, books, definitionsId: printed.definitionsId };
  const inWarehouse = await streamRenewals(open, named, ports);
  const revenueArrCents = await reconcile(ports.store, revenue, inWarehouse.live);
  const { lastRun } = gathered.money;
  const forgotten = { ...named, lastRun, found: inWarehouse };
  const found = await withThoseForgotten(open, forgotten, ports.store);

  const rates = memory.rates.finish(memory.frozen);
  for (const row of rates.rows(config.segments.map(({ id }) => id))) {
    open.renewalRates.add(rateRow(row));
  }
  const outgoing = await outgoingFiles({ open, others }, gathered);
  const answerable = answerableFrom(states);
  const judging = { ...gathered, books, rates, answerable, frozen: memory.frozen };
  const tallies = await forecastAccounts(open, { ...judging, found, outgoing }, ports);
  memory.frozen.finish();
  writeSums(open, outgoing, { tallies, gathered, printed });
  const window = { from: addDays(asOf, -365), to: asOf };
  for (const row of memory.accuracy.rows()) {
    open.forecastAccuracy.add(accuracyRow(row, window, printed));
  }
  const metrics = await writeEntitlements(
    open.entitlementStatus,
    { ...gathered, policy: config.renewals.entitlements, baseline: monthAgo },
    ports,
  );
  const reconciled = { revenueArrCents, renewalsArrCents: found.live.whole };
  const outgone = await outgoing.finish(reconciled);
  const told = { ...printed, metrics, health: gathered.health, outgone };
  return summaryOf(found, tallies, told);
};

/** What earlier runs knew: forecasts they froze, and which renewal each contract stood for. */
async function remembered(
  open: Open,
  { config, asOf, days, money }: Gathered,
  { store }: JobPorts,
) {
  const { forecast, milestones } = config.renewals;
  const rates = rateTally(forecast);
  const accuracy = accuracyTally();
  const frozen = await frozenForecasts({
    ...{ asOf, lastRun: money.lastRun, store, rates, accuracy },
    ...{ historyDays: forecast.history_days, catchUpDays: milestones.catch_up_days },
    file: open.forecastSnapshots,
  });
  return { rates, accuracy, frozen, past: await pastIdentities(store, days.lastRun) };
}

interface Sums {
  readonly tallies: ForecastTallies;
  readonly gathered: Gathered;
  readonly printed: Printed;
}

/** Writes what the forecast adds up to, and how it came from that of a week ago. */
function writeSums(
  open: Open,
  outgoing: OutgoingFiles,
  { tallies, gathered, printed }: Sums,
): void {
  const { asOf, config, money: days } = gathered;
  for (const sum of tallies.forecast.sums()) {
    const row = rollupRow(sum, printed);
    open.renewalRollups.add(row);
    outgoing.finance.rollups.add(row);
  }
  if (days.baseline !== null) {
    for (const line of tallies.walk.rows()) {
      const row = walkRow(line, days.baseline.asOf, printed);
      open.forecastWalk.add(row);
      outgoing.finance.walk.add(row);
    }
  }
  if (days.lastRun === null) return;
  const { currency } = printed;
  const since = { asOf, since: days.lastRun.asOf, currency, policy: config.renewals.forecast };
  for (const event of forecastChanged(tallies.sinceLastRun.rows(), since)) {
    open.renewalEvents.add(event);
  }
}

interface Told extends Printed {
  readonly metrics: EntitlementCounts;
  readonly health: PastDay | null;
  readonly outgone: Awaited<ReturnType<OutgoingFiles['finish']>>;
}

function summaryOf(
  { renewals, live }: RenewalsFound,
  tallies: ForecastTallies,
  { currency, definitionsId, metrics, health, outgone }: Told,
): Manifest['summary'] {
  const quarters = tallies.forecast
    .sums()
    .filter(({ cut, periodKind }) => cut === 'all' && periodKind === 'quarter');
  const total = (of: (sum: (typeof quarters)[number]) => number) =>
    quarters.reduce((all, sum) => all + of(sum), 0);
  return {
    ...{ currency, definitions_id: definitionsId, renewals, live_arr_cents: live.whole },
    forecast_renewals: total((sum) => sum.renewals),
    due_arr_cents: total(({ due }) => due),
    open_arr_cents: total(({ open }) => open),
    expected_cents: total(({ expected }) => expected),
    at_risk_cents: total(({ atRisk }) => atRisk),
    milestones_reached: tallies.milestonesReached,
    findings: tallies.findings,
    disagreements: tallies.disagreements,
    ...{ bill_shocks: metrics.shocks, saturated: metrics.saturated },
    health_as_of: health?.asOf ?? null,
    owners_without_calendar: outgone.ownersLeftOut,
    mails_planned: outgone.mails,
    mails_left_out: outgone.mailsLeftOut,
    milestones_without_address: outgone.unaddressed,
  };
}
