import type { Cents } from '../basics/money.ts';
import type { Calendar } from './calendar.ts';
import {
  type ContractLine,
  centsOn,
  isLiveOn,
  type LiveLine,
  liveLines,
  type RevenuePolicy,
} from './contract-line.ts';
import type { Rates } from './rates.ts';

/** What a customer brings a year, on the days of a calendar. */
export interface Ledger {
  readonly lines: readonly LiveLine[];
  /** First day that ever brought revenue, counted from 1970-01-01. */
  readonly startedOn: number;
  /** ARR in cents on each day of the calendar, at the rates of that day. */
  readonly arr: ArrayLike<Cents>;
  /** False where rates alone can change what it brings. */
  readonly isConstant: boolean;
  /** True where neither rates nor uplift can: what is the same on two days has not moved. */
  readonly isSteady: boolean;
  /** ARR in cents on one day of the calendar at the rates of another. */
  arrAt(day: number, rateDay: number): Cents;
  /** What contractual uplift added between two days to lines that are live on both. */
  escalated(from: number, to: number): Cents;
  /** The last day before one of the calendar on which revenue ended; -Infinity if it never did. */
  leftBefore(day: number): number;
  /** The part of one product, or of none that is named. */
  of(product: string | null): Ledger;
}

/** What all customers of a run have in common. */
export interface Books {
  readonly calendar: Calendar;
  readonly rates: Rates;
  readonly policy: RevenuePolicy;
}

export const ledgerOf = (lines: readonly ContractLine[], books: Books): Ledger => {
  const { calendar, policy } = books;
  return ledgerOver(liveLines(lines, policy, calendar.epochs[calendar.today] as number), books);
};

function ledgerOver(lines: readonly LiveLine[], books: Books): Ledger {
  const { calendar, rates } = books;
  const { epochs } = calendar;
  const value = (line: LiveLine, day: number, rateDay: number): Cents =>
    centsOn(line, epochs[day] as number, rates.rateOn(line.currency, rateDay));

  const arr = new Float64Array(epochs.length);
  for (const line of lines) {
    const first = firstAtOrAfter(epochs, line.start);
    const isFlat = line.raises.length === 0 && rates.isConstant(line.currency);
    let cents = 0;
    for (let day = first; day < epochs.length && (epochs[day] as number) < line.ends; day += 1) {
      if (!isFlat || day === first) cents = value(line, day, day);
      arr[day] = (arr[day] as number) + cents;
    }
  }
  const isConstant = lines.every(({ currency }) => rates.isConstant(currency));
  const isLevel = lines.every(({ raises }) => raises.length === 0);

  return {
    lines,
    arr,
    isConstant,
    isSteady: isConstant && isLevel,
    startedOn: lines.reduce((first, { start }) => Math.min(first, start), Number.POSITIVE_INFINITY),
    arrAt(day, rateDay) {
      if (isConstant || day === rateDay) return arr[day] as number;
      const on = epochs[day] as number;
      let sum = 0;
      for (const line of lines) if (isLiveOn(line, on)) sum += value(line, day, rateDay);
      return sum;
    },
    escalated(from, to) {
      if (isLevel) return 0;
      let sum = 0;
      for (const line of lines) {
        if (line.raises.length === 0 || line.start > (epochs[from] as number)) continue;
        if (line.ends > (epochs[to] as number))
          sum += value(line, to, from) - value(line, from, from);
      }
      return sum;
    },
    leftBefore(day) {
      const on = epochs[day] as number;
      let left = Number.NEGATIVE_INFINITY;
      for (const { ends } of lines) if (ends <= on) left = Math.max(left, ends);
      return left;
    },
    of: (product) =>
      ledgerOver(
        lines.filter((line) => line.product === product),
        books,
      ),
  };
}

function firstAtOrAfter(epochs: readonly number[], day: number): number {
  let at = 0;
  while (at < epochs.length && (epochs[at] as number) < day) at += 1;
  return at;
}
