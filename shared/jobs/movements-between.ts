import type { Day } from '../basics/day.ts';
import { calendarBetween } from '../revenue/calendar.ts';
import { standingsOf } from '../revenue/customer.ts';
import type { CutSums } from '../revenue/cut-sums.ts';
import { ledgerOf } from '../revenue/ledger.ts';
import { rollupTally } from '../revenue/rollup.ts';
import type { SourceState } from '../sources/finding.ts';
import type { JobInput, JobPorts } from './job.ts';
import { booksOf, customersOf } from './revenue-stream.ts';

/** What moved ARR from one day to another by every cut, as it is known on as_of. */
export const movementsBetween = async (
  { from, to }: { readonly from: Day; readonly to: Day },
  input: JobInput,
  states: readonly SourceState[],
  { warehouse }: Pick<JobPorts, 'warehouse'>,
): Promise<readonly CutSums[]> => {
  const calendar = calendarBetween(from, to, input.asOf);
  const books = await booksOf(input, states, { warehouse }, calendar);
  const tally = rollupTally(books);
  const standingOf = standingsOf(input.config);
  for await (const batch of customersOf({ ...input, states }, { warehouse })) {
    for (const customer of batch) {
      const ledger = ledgerOf(customer.lines, books);
      if (ledger.lines.length > 0) tally.add(customer, ledger, standingOf(customer, ledger));
    }
  }
  return [...tally.all()];
};
