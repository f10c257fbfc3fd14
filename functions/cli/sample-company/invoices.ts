import type { AccountStory } from './account-story.ts';
import type { ContractLine } from './contract-lines.ts';
import { addMonths, type DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';

/** What was billed in advance for each year or month of a contract, and when it was paid. */
export const invoices = sampleTable({
  name: 'invoices',
  columns: {
    invoice_id: 'VARCHAR',
    account_id: 'VARCHAR',
    due_on: 'DATE',
    amount: 'DECIMAL(18,2)',
    currency: 'VARCHAR',
    paid_on: 'DATE',
  },

  *rows(story, window) {
    const random = story.random('invoices');
    const payDays = story.segment === 'Enterprise' ? 45 : 30;
    const isLatePayer = random.chance(0.07) || story.life.character === 'budget-cut';
    const bills = story.lines
      .flatMap((line) => [...billsOf(story, line)])
      .sort((a, b) => a.on - b.on);
    let number = 0;
    for (const { on, cents } of bills) {
      const dueOn = on + payDays;
      const paidOn = paymentOf(story, on, dueOn, isLatePayer, random);
      number += 1;
      if (dueOn < window.from || on >= story.asOf) continue;
      yield {
        invoice_id: `inv-${story.accountId.slice(4)}-${String(number).padStart(4, '0')}`,
        account_id: story.accountId,
        due_on: dueOn,
        amount: cents,
        currency: story.currency,
        paid_on: paidOn,
      };
    }
  },
});

/** A year at a time, a month of a month's subscription; who is short of money pays by quarter. */
function* billsOf(
  { life }: AccountStory,
  line: ContractLine,
): Iterable<{ on: DayNumber; cents: number }> {
  const step = line.termMonths === 1 ? 1 : life.character === 'budget-cut' ? 3 : 12;
  let yearCents = line.arrCents;
  for (let month = 0; month < line.termMonths; month += step) {
    const months = Math.min(step, line.termMonths - month);
    if (month > 0 && month % 12 === 0) yearCents *= 1 + (line.upliftPct ?? 0) / 100;
    yield { on: addMonths(line.start, month), cents: Math.round((yearCents * months) / 12) };
  }
}

/** Days after the due date, in evenly spaced quantiles. */
const punctual = [-24, -14, -7, -3, -1, 0, 1, 5];
const slow = [-2, 3, 9, 18, 30, 52];

function paymentOf(
  { asOf, life }: AccountStory,
  billedOn: DayNumber,
  dueOn: DayNumber,
  isLatePayer: boolean,
  random: RandomStream,
): DayNumber | null {
  const delay = random.quantile(isLatePayer ? slow : punctual);
  const balks = random.chance(0.3);
  const lastDay = life.course === 'churned' ? (life.terms.at(-1)?.end ?? asOf) : asOf;
  const isRecent = dueOn > lastDay - 200;
  // The last bills are left lying where the budget is gone, and by some who have turned away.
  const hasTurned =
    life.turnDay !== null && billedOn > life.turnDay && life.character !== 'wobbling';
  if (isRecent && (life.character === 'budget-cut' || (hasTurned && balks))) return null;
  const paidOn = Math.max(billedOn + 1, dueOn + Math.round(delay));
  return paidOn < asOf ? paidOn : null;
}
