import { plural } from '../basics/text.ts';
import { ledgerQuery } from '../features/ledger-query.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import { calendarOf } from '../revenue/calendar.ts';
import { carrOf } from '../revenue/carr.ts';
import { cohortTally } from '../revenue/cohorts.ts';
import type { RevenuePolicy } from '../revenue/contract-line.ts';
import { type RevenueCustomer, type Standing, standingsOf } from '../revenue/customer.ts';
import type { CutSums } from '../revenue/cut-sums.ts';
import { type Books, type Ledger, ledgerOf } from '../revenue/ledger.ts';
import { type Movement, movementBetween } from '../revenue/movements.ts';
import { ratesFrom } from '../revenue/rates.ts';
import { rollupTally } from '../revenue/rollup.ts';
import type { SourceState } from '../sources/finding.ts';
import type { JobInput, JobPorts } from './job.ts';
import { quotedRates } from './quoted-rates.ts';
import { revenueCustomers } from './revenue-customers.ts';
import { movementRows, type Printed } from './revenue-rows.ts';
import type { revenueTables } from './revenue-tables.ts';

interface Stream extends JobInput {
  /** Of a run, whose answers may be given again; left out where somebody only looks. */
  readonly run?: Run;
  readonly states: readonly SourceState[];
}

interface Streamed extends Stream {
  readonly books: Books;
  readonly printed: Printed;
}

/** What is shown of one customer to whoever keeps a list. */
export interface Shown {
  readonly customer: RevenueCustomer;
  readonly ledger: Ledger;
  /** By month of the bridge; null where nothing was. */
  readonly months: readonly (Movement | null)[];
  readonly standings: readonly Standing[];
}

/** Whoever looks at the customers as they stream past. */
export interface Watch {
  /** Comes before customers up to this one are shown. */
  reach(customerId: string): Promise<void>;
  show(shown: Shown): void;
}

/** What the stream added up to. */
export interface RevenueFound {
  readonly customers: number;
  readonly carrCents: number;
  readonly cuts: () => Iterable<CutSums>;
  readonly cohorts: ReturnType<typeof cohortTally>;
}

export const policyOf = ({ config }: JobInput): RevenuePolicy => ({
  ...config,
  basis: config.currency.basis,
});

/** The calendar, the rates and the switches that every ledger of a run goes by. */
export const booksOf = async (
  input: JobInput,
  states: readonly SourceState[],
  { warehouse }: Pick<JobPorts, 'warehouse'>,
  calendar = calendarOf(input.asOf),
): Promise<Books> => {
  const { reporting, rates: constant } = input.config.currency;
  const quoted = await quotedRates(warehouse, states, calendar);
  const rates = ratesFrom({ reporting, constant, quoted, days: calendar.days });
  return { calendar, rates, policy: policyOf(input) };
};

/** Every customer with its contract lines, in the order of customer_id. */
export const customersOf = (
  { config, asOf, run, states }: Stream,
  { warehouse }: Pick<JobPorts, 'warehouse'>,
): AsyncIterable<readonly RevenueCustomer[]> =>
  revenueCustomers(
    warehouse.stream({
      name: 'contract-lines',
      sql: ledgerQuery(states, {
        asOf,
        reporting: config.currency.reporting,
        rollup: config.revenue.rollup,
      }),
      orderBy: 'customer_id',
      rowsExpected: rowsOf(states),
      runKey: run?.key ?? 'no-run',
    }),
  );

const rowsOf = (states: readonly SourceState[]): number =>
  states.find(({ id }) => id === 'contracts')?.rows ?? 0;

/** Streams the customers past the ledger and writes their movements; the rest is added up. */
export const streamRevenue = async (
  open: OpenTables<typeof revenueTables>,
  stream: Streamed,
  ports: JobPorts,
  watch: Watch,
): Promise<RevenueFound> => {
  const { config, states, books } = stream;
  const rollup = rollupTally(books);
  const cohorts = cohortTally(books);
  const standingOf = standingsOf(config);
  const step = ports.progress.step('Reading contracts and adding up revenue');
  let customers = 0;
  let lines = 0;
  let carrCents = 0;
  for await (const batch of customersOf(stream, ports)) {
    await watch.reach(batch.at(-1)?.customerId ?? '');
    for (const customer of batch) {
      const ledger = ledgerOf(customer.lines, books);
      lines += customer.lines.length;
      if (ledger.lines.length === 0) continue;
      customers += 1;
      carrCents += carrOf(ledger, books);
      const standings = standingOf(customer, ledger);
      rollup.add(customer, ledger, standings);
      cohorts.add(customer, ledger);
      const months = books.calendar.months.map((month) => movementBetween(ledger, month, books));
      writeMovements(open, { customer, ledger, months, standings }, stream);
      watch.show({ customer, ledger, months, standings });
    }
    await open.arrMovements.flush();
    step.update(lines, rowsOf(states));
  }
  step.done(`${plural(customers, 'customer')}, ${plural(lines, 'contract line')}`);
  return { customers, carrCents, cuts: () => rollup.all(), cohorts };
};

function writeMovements(
  open: OpenTables<typeof revenueTables>,
  { customer, months, standings }: Shown,
  { books: { calendar }, printed }: Pick<Streamed, 'books' | 'printed'>,
): void {
  for (const [index, month] of calendar.months.entries()) {
    const movement = months[index];
    if (movement == null) continue;
    const standing = standings[month.to] as Standing;
    const about = { month, movement, ...printed };
    for (const row of movementRows(customer, standing, calendar, about)) open.arrMovements.add(row);
  }
}
