import { dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { plural } from '../basics/text.ts';
import { ledgerQuery } from '../features/ledger-query.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { renewals as renewalsTable } from '../publish/renewal-tables.ts';
import type { Run } from '../publish/run-key.ts';
import type { RowOf } from '../publish/table.ts';
import { clockDay, dueDay, type Standing, standingOf } from '../renewals/clock.ts';
import { keptOf } from '../renewals/forecast.ts';
import { firstOfQuarter } from '../renewals/forecast-rollup.ts';
import { identityOf, type PastRenewals, type Recognised } from '../renewals/identity.ts';
import { farthestMilestone } from '../renewals/milestones.ts';
import { observationsOf } from '../renewals/observations.ts';
import type { LineValue, RenewalLine } from '../renewals/renewal-line.ts';
import type { rateTally } from '../renewals/renewal-rates.ts';
import { type Succession, successions } from '../renewals/succession.ts';
import { centsOn, isLiveOn, type LiveLine } from '../revenue/contract-line.ts';
import { type RevenueCustomer, standingsOf } from '../revenue/customer.ts';
import { type Books, ledgerOf } from '../revenue/ledger.ts';
import type { SourceState } from '../sources/finding.ts';
import type { FrozenForecasts } from './frozen-forecasts.ts';
import type { JobInput, JobPorts } from './job.ts';
import { renewalRow } from './renewal-rows.ts';
import type { renewalTables } from './renewal-tables.ts';
import { renewalCustomers } from './revenue-customers.ts';

export type RenewalRow = RowOf<typeof renewalsTable>;

/** A renewal that is near or undecided, kept until its account comes by. */
export interface NearRenewal {
  readonly row: RenewalRow;
  readonly standing: Standing;
  readonly start: number;
  readonly end: number;
  /** The day on which its revenue is up: the end, or the day an exit before it takes effect. */
  readonly due: number;
  /** The day milestones count down to. */
  readonly clock: number;
  readonly autoRenew: boolean | null;
  /** No earlier run has seen it with this date. */
  readonly isNew: boolean;
}

/** What revenue counts on the day, as the lines of the renewals add up to it. */
export interface LiveArr {
  whole: Cents;
  readonly bySegment: Map<string, Cents>;
  readonly byProduct: Map<string, Cents>;
}

export interface RenewalsFound {
  /** By account. */
  readonly near: ReadonlyMap<string, readonly NearRenewal[]>;
  readonly live: LiveArr;
  /** Contracts whose earlier renewal has ended under the same id, with what they bring now. */
  readonly inPlace: ReadonlyMap<string, Cents>;
  /** Renewals that an earlier run took for ended in place, by a slip. */
  readonly takenBack: ReadonlySet<string>;
  readonly renewals: number;
}

interface Stream extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly books: Books;
  /** By contract; those that are met are taken out, so that what is left is missing. */
  readonly past: Map<string, PastRenewals>;
  readonly rates: ReturnType<typeof rateTally>;
  readonly frozen: FrozenForecasts;
  readonly definitionsId: string;
}

/** Ended terms stay listed so long. */
export const KEPT_DAYS = 400;

/** Where no product is named; as revenue has it. */
const UNNAMED = '(none)';

/** Streams the customers: names every renewal, writes it, and keeps those that are near. */
export const streamRenewals = async (
  open: OpenTables<typeof renewalTables>,
  stream: Stream,
  { warehouse, progress }: JobPorts,
): Promise<RenewalsFound> => {
  const { config, asOf, run, states, books } = stream;
  const rowsExpected = states.find(({ id }) => id === 'contracts')?.rows ?? 0;
  const { rollup } = config.revenue;
  const sql = ledgerQuery(states, {
    ...{ asOf, reporting: config.currency.reporting, rollup, withTerms: true },
  });
  const desk = lineDesk(open, stream);
  const standingsFor = standingsOf(config);
  const step = progress.step('Reading contracts and naming renewals');
  let lines = 0;
  const query = { name: 'renewal-lines', sql, orderBy: 'customer_id', rowsExpected };
  for await (const batch of renewalCustomers(warehouse.stream({ ...query, runKey: run.key }))) {
    for (const customer of batch) {
      lines += customer.lines.length;
      const ledger = ledgerOf(customer.lines, books);
      if (ledger.lines.length === 0) continue;
      const standing = standingsFor(customer, ledger)[books.calendar.today];
      desk.look(customer, ledger.lines, {
        segment: standing?.segment.id ?? '',
      });
    }
    await open.renewals.flush();
    await open.forecastSnapshots.flush();
    step.update(lines, rowsExpected);
  }
  step.done(`${plural(lines, 'contract line')}, ${plural(desk.found.renewals, 'renewal')}`);
  return desk.found;
};

type Customer = Omit<RevenueCustomer, 'lines'> & { readonly lines: readonly RenewalLine[] };

function lineDesk(open: OpenTables<typeof renewalTables>, stream: Stream) {
  const { config, asOf, books, past, rates, frozen, definitionsId } = stream;
  const policy = config.renewals;
  const today = dayToEpoch(asOf);
  const lateGraceDays = config.renewal.late_grace_days;
  const window = { asOf: today, historyDays: policy.forecast.history_days, lateGraceDays };
  const nearFrom = dayToEpoch(firstOfQuarter(asOf));
  const near = new Map<string, NearRenewal[]>();
  const inPlace = new Map<string, Cents>();
  const takenBack = new Set<string>();
  const found = {
    ...{ near, inPlace, takenBack, renewals: 0 },
    live: { whole: 0, bySegment: new Map(), byProduct: new Map() } as LiveArr,
  };

  function look(
    customer: Customer,
    liveLines: readonly LiveLine[],
    { segment }: { segment: string },
  ): void {
    const worth = new Map(liveLines.map((line) => [line.contractId, valued(line)]));
    const lines = customer.lines.filter(({ contractId }) => worth.has(contractId));
    const worthOf = ({ contractId }: RenewalLine) => worth.get(contractId) as LineValue;
    const next = successions(lines, worthOf, policy);
    for (const line of lines) {
      if (line.start > today) continue;
      const value = worthOf(line);
      countLive(found.live, value.live, { segment, product: line.product });
      const succession = next.get(line.contractId);
      const before = past.get(line.contractId);
      past.delete(line.contractId);
      const identity = identityOf(line, before, today);
      // Of a line that is written over again and again, the term that runs is what counts.
      const term = identity.start === line.start ? line : { ...line, start: identity.start };
      const standing = standingOf(term, succession, { asOf: today, lateGraceDays });
      const kept = keptOf(value.due, succession?.cents ?? null);
      const ended = { line: term, standing, segment, due: value.due, kept };
      for (const observation of observationsOf(ended, window)) rates.add(observation);
      if (line.end <= today - KEPT_DAYS) continue;
      if (identity.isAnotherTerm) inPlace.set(line.contractId, value.due);
      if (identity.isTakenBack) takenBack.add(identity.renewalId);
      const isNew = before === undefined || identity.movedOn === today;
      tell({ customer, line: term, value, succession, standing, segment, kept, identity, isNew });
    }
  }

  function tell({ kept, isNew, ...named }: Told): void {
    const { line, standing } = named;
    const row = renewalRow({ ...named, today, currency, definitionsId });
    found.renewals += 1;
    open.renewals.add(row);
    frozen.settle(row, kept);
    const clock = clockDay(line, policy);
    const due = dueDay(line, standing);
    const isOver = due < nearFrom && standing.decidedOn !== null;
    const isFar = due > today + policy.forecast.horizon_days && clock > today + farthest;
    if (isOver || isFar) return;
    const { start, end, autoRenew } = line;
    const mine = near.get(line.accountId) ?? [];
    mine.push({ row, standing, start, end, due, clock, autoRenew, isNew });
    near.set(line.accountId, mine);
  }

  const currency = config.currency.reporting;
  const farthest = farthestMilestone(policy.milestones);
  const valued = lineValues(books, today);
  return { look, found };
}

interface Told {
  readonly customer: Customer;
  readonly line: RenewalLine;
  readonly value: LineValue;
  readonly succession: Succession | undefined;
  readonly standing: Standing;
  readonly segment: string;
  readonly kept: Cents;
  readonly identity: Recognised;
  readonly isNew: boolean;
}

const lineValues =
  ({ calendar, rates }: Books, today: number) =>
  (line: LiveLine): LineValue => {
    const rate = rates.lastRate(line.currency, calendar.today);
    const dueOn = Math.max(line.start, Math.min(today, line.end - 1));
    return {
      live: isLiveOn(line, today) ? centsOn(line, today, rate) : 0,
      due: centsOn(line, dueOn, rate),
      first: centsOn(line, line.start, rate),
    };
  };

function countLive(
  live: LiveArr,
  cents: Cents,
  { segment, product }: { segment: string; product: string | null },
): void {
  if (cents === 0) return;
  live.whole += cents;
  const named = product ?? UNNAMED;
  live.bySegment.set(segment, (live.bySegment.get(segment) ?? 0) + cents);
  live.byProduct.set(named, (live.byProduct.get(named) ?? 0) + cents);
}
