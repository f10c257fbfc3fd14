import type { Day } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { plainText } from '../../../shared/basics/text.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { booksOf, customersOf } from '../../../shared/jobs/revenue-stream.ts';
import { revenueSources } from '../../../shared/jobs/rollup-revenue.ts';
import { calendarBetween } from '../../../shared/revenue/calendar.ts';
import { standingsOf } from '../../../shared/revenue/customer.ts';
import { ledgerOf } from '../../../shared/revenue/ledger.ts';
import { movementKinds } from '../../../shared/revenue/movements.ts';
import { rollupTally } from '../../../shared/revenue/rollup.ts';
import { requireSources } from '../../../shared/sources/require-sources.ts';
import { aligned } from '../aligned.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openWarehouse } from '../open-warehouse.ts';

interface MovementsOptions {
  readonly config: string;
  readonly from: Day;
  readonly to: Day;
  readonly out?: string;
}

/** Prints the bridge between any two days, to the cent. */
export const movements = async (options: MovementsOptions): Promise<ExitCode> => {
  const { from, to } = options;
  if (from >= to) throw backwards(options);
  const config = await openConfig(options.config);
  const warehouse = await openWarehouse(config, options.out);
  try {
    const input = { config, asOf: to };
    const states = await inspectSources({ ...input, warehouse, only: revenueSources });
    requireSources(states);
    const books = await booksOf(input, states, { warehouse }, calendarBetween(from, to));
    const tally = rollupTally(books);
    const standingOf = standingsOf(config);
    for await (const batch of customersOf({ ...input, states }, { warehouse })) {
      for (const customer of batch) {
        const ledger = ledgerOf(customer.lines, books);
        if (ledger.lines.length > 0) tally.add(customer, ledger, standingOf(customer, ledger));
      }
    }
    const sums = [...tally.all()]
      .filter(({ cut }) => cut === 'segment' || cut === 'all')
      .sort((a, b) => Number(a.cut === 'all') - Number(b.cut === 'all'));
    const cuts = sums.map(({ cutValue, steps: [movement] }) => ({ cutValue, movement }));
    const lines = (['opening', ...movementKinds, 'closing'] as const).map((kind) => [
      `  ${kind}`,
      ...cuts.map(({ movement }) => exact(movement?.[kind] ?? 0)),
    ]);
    const head = ['  ', ...cuts.map(({ cutValue }) => plainText(cutValue, 24))];
    const right = [false, ...cuts.map(() => true)];
    console.log(`ARR from ${from} to ${to}, in ${config.currency.reporting}\n`);
    console.log(aligned([head, ...lines], right).join('\n'));
    return 0;
  } finally {
    await warehouse.close();
  }
};

/** To the cent, as finance reads it. */
const exact = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function backwards({ from, to }: MovementsOptions): HoldfastError {
  const expected = 'a day before --to';
  const problem = {
    where: '--from',
    found: `${from}, with --to ${to}`,
    expected,
    fix: 'Swap them.',
  };
  return new HoldfastError('usage', [problem]);
}
