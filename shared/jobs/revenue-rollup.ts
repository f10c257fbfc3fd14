import type { Manifest } from '../publish/manifest.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { revenueRollups } from '../publish/revenue-tables.ts';
import type { Run } from '../publish/run-key.ts';
import type { RowOf } from '../publish/table.ts';
import { contractionTally } from '../revenue/contraction.ts';
import type { Books } from '../revenue/ledger.ts';
import type { SourceState } from '../sources/finding.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDay } from './past-days.ts';
import { restatementDesk } from './restatement.ts';
import { bridgeRows, cohortRow, type Printed, rollupRows } from './revenue-rows.ts';
import { booksOf, type RevenueFound, streamRevenue } from './revenue-stream.ts';
import type { revenueTables } from './revenue-tables.ts';
import { worklistDesk } from './worklists.ts';

interface Rollup extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly lastRun: PastDay | null;
  /** The health that lists and queues are told beside. */
  readonly health: PastDay | null;
}

type Open = OpenTables<typeof revenueTables>;

/** So many of those who shrank are listed; more is a table nobody reads. */
const MOST_CONTRACTIONS = 200;

/** Streams the customers once and writes every table of the run. */
export const rollupInto = async (
  open: Open,
  rollup: Rollup,
  ports: JobPorts,
): Promise<Manifest['summary']> => {
  const { states, asOf, run, lastRun, config } = rollup;
  const books = await booksOf(rollup, states, ports);
  const { calendar } = books;
  const monthEnds = calendar.months.map(({ to }) => calendar.days[to] ?? asOf);
  const whole = monthEnds.filter((_, index) => calendar.months[index]?.isPartial === false);
  const restating = restatementDesk({
    ...{ store: ports.store, lastRun, asOf, monthEnds: whole },
    definitions: run.definitions.hash,
  });
  const contractions = contractionTally(books, MOST_CONTRACTIONS);
  const printed = {
    currency: config.currency.reporting,
    definitionsId: `${run.definitions.id}-${run.definitions.hash}`,
  };
  const worklists = worklistDesk({
    ...{ asOf, books, health: rollup.health, printed },
    queueSize: config.queues.size,
  });
  const found = await streamRevenue(open, { ...rollup, books, printed }, ports, {
    reach: (customerId) => restating.reach(customerId),
    show(shown) {
      restating.compare(shown, monthEnds);
      contractions.add(shown);
      worklists.show(shown);
    },
  });

  const totals = writeFigures(open, found, { ...printed, books });
  const restated = await restating.rows(totals);
  const { definitionsId: definitions_id } = printed;
  for (const row of restated) open.retentionRestatements.add({ ...row, definitions_id });
  const openingCents = current(totals, asOf)?.opening_arr_cents ?? 0;
  await worklists.write(open, contractions, { openingCents, store: ports.store });
  return summaryOf(found, totals, { ...printed, rollup, restated: restated.length });
};

type Figures = Printed & { readonly books: Books };

/** Writes bridge, rollups and cohorts; gives the rollups of the whole. */
function writeFigures(
  open: Open,
  found: RevenueFound,
  { books, ...printed }: Figures,
): RowOf<typeof revenueRollups>[] {
  const totals: RowOf<typeof revenueRollups>[] = [];
  for (const sums of found.cuts()) {
    for (const row of bridgeRows(sums, books.calendar, printed)) open.arrBridge.add(row);
    const carrCents = sums.cut === 'all' ? found.carrCents : null;
    for (const row of rollupRows(sums, { ...printed, books, carrCents })) {
      open.revenueRollups.add(row);
      if (row.cut === 'all') totals.push(row);
    }
  }
  for (const row of found.cohorts.rows()) open.cohortRetention.add(cohortRow(row, printed));
  return totals;
}

/** The default method's trailing twelve months up to a day. */
const current = (totals: readonly RowOf<typeof revenueRollups>[], day: string) =>
  totals.find(
    ({ window, window_end, is_default_method }) =>
      window === 'trailing_12_months' && window_end === day && is_default_method,
  );

interface Context extends Printed {
  readonly rollup: Rollup;
  readonly restated: number;
}

function summaryOf(
  { customers, carrCents }: RevenueFound,
  totals: readonly RowOf<typeof revenueRollups>[],
  { rollup, currency, definitionsId, restated }: Context,
): Manifest['summary'] {
  const now = current(totals, rollup.asOf);
  const method = rollup.config.retention.method;
  return {
    currency,
    definitions_id: definitionsId,
    method,
    customers,
    arr_cents: now?.closing_arr_cents ?? 0,
    carr_cents: carrCents,
    pending_arr_cents: now?.pending_arr_cents ?? 0,
    nrr: now?.nrr ?? null,
    grr: now?.grr ?? null,
    logo_churn: now?.logo_churn ?? null,
    reason: now?.reason ?? null,
    restatements: restated,
    health_as_of: rollup.health?.asOf ?? null,
    told: findingsOf(rollup.states),
  };
}

/** What the checks say of the rows behind the figures; null where they say nothing. */
function findingsOf(states: readonly SourceState[]): string | null {
  const found = states.flatMap(({ findings }) => findings);
  const words = found.map(({ source, check, found: what }) => `${source}.${check}: ${what}`);
  return words.length === 0 ? null : words.join('; ');
}
