import { addMonths, dayFromEpoch, dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { shareOf } from '../basics/ratio.ts';
import { centsOn, type LiveLine } from './contract-line.ts';
import { type RevenueCustomer, startQuarter } from './customer.ts';
import type { Books, Ledger } from './ledger.ts';
import { figureAt, kaplanMeier, type SurvivalFigure } from './survival.ts';

/**
 * What is left of a cohort at an age. Retention is of those who reached it, on that day; survival
 * is of all, by Kaplan and Meier, where one who left and is back has never left.
 */
export interface CohortRow extends SurvivalFigure {
  /** Quarter of the first contract, or `all`. */
  readonly cohort: string;
  readonly quartersSinceStart: number;
  readonly customersStarted: number;
  /** Those whose own day of this age is not after as_of. */
  readonly customersReached: number;
  readonly isComplete: boolean;
  /** Of those who reached it, the ones with ARR on that day. */
  readonly customersLive: number;
  readonly logoRetention: number;
  /** Of those who reached it, on their first day and on that day, both at the rates of as_of. */
  readonly startArrCents: Cents;
  readonly arrCents: Cents;
  readonly revenueRetention: number | null;
}

/** Ten years; older customers are counted up to there. */
const OLDEST_QUARTER = 40;

/** Places of a quarter in `placeOf`: more than any quarter has days. */
const PLACES = 100;

/** Sums by age in quarters, and customers by the place in life up to which they are known. */
interface CohortSums {
  readonly reached: Float64Array;
  readonly live: Float64Array;
  readonly startCents: Float64Array;
  readonly cents: Float64Array;
  readonly left: Float64Array;
  readonly stillHere: Float64Array;
}

/** What all who began on one day share; reckoned once, for months are slow to count. */
interface Beginning {
  readonly sums: CohortSums;
  /** The day of each age that is not after as_of, and then as_of itself. */
  readonly days: readonly number[];
}

/** Adds customers up by start quarter and age as they stream past; none of them is kept. */
export const cohortTally = ({ calendar, rates, policy }: Books) => {
  const asOf = calendar.epochs[calendar.today] as number;
  const byQuarter = new Map<string, CohortSums>();
  const beginnings = new Map<number, Beginning>();
  const arr = new Float64Array(OLDEST_QUARTER + 2);

  const beginningOf = (ledger: Ledger): Beginning => {
    const known = beginnings.get(ledger.startedOn);
    if (known !== undefined) return known;
    const quarter = startQuarter(ledger);
    const sums = byQuarter.get(quarter) ?? emptySums();
    byQuarter.set(quarter, sums);
    const beginning = { sums, days: daysOfLife(ledger.startedOn, asOf) };
    beginnings.set(ledger.startedOn, beginning);
    return beginning;
  };

  /** Puts into `arr` what lines bring on each day, and tells up to when they bring anything. */
  const valueOn = (days: readonly number[], lines: readonly LiveLine[]): number => {
    arr.fill(0);
    let until = Number.NEGATIVE_INFINITY;
    for (const line of lines) {
      if (line.start > asOf) continue;
      until = Math.max(until, line.ends);
      const rate = rates.lastRate(line.currency, calendar.today);
      const isFlat = line.raises.length === 0;
      let cents = centsOn(line, line.start, rate);
      for (let at = 0; at < days.length && (days[at] as number) < line.ends; at += 1) {
        if ((days[at] as number) < line.start) continue;
        if (!isFlat) cents = centsOn(line, days[at] as number, rate);
        increase(arr, at, cents);
      }
    }
    return Math.min(until, asOf);
  };

  return {
    /** Who has brought nothing up to as_of is no customer yet, and is left out. */
    add(_customer: RevenueCustomer, ledger: Ledger): void {
      if (ledger.startedOn > asOf) return;
      const { sums, days } = beginningOf(ledger);
      const place = placeOf(valueOn(days, ledger.lines), days);
      const today = days.length - 1;
      for (let age = 0; age < today; age += 1) addAge(sums, age, arr);
      increase((arr[today] as number) > 0 ? sums.stillHere : sums.left, place, 1);
    },
    /** First all, then by quarter; each by age, as far as anyone reached. */
    rows(): CohortRow[] {
      const quarters = [...byQuarter].sort(([a], [b]) => (a < b ? -1 : 1));
      const whole = emptySums();
      for (const [, sums] of quarters) addSums(whole, sums);
      const { smallest_cohort } = policy.retention;
      return [['all', whole] as const, ...quarters].flatMap(([cohort, sums]) => [
        ...rowsOf(cohort, sums, smallest_cohort),
      ]);
    },
  };
};

function emptySums(): CohortSums {
  const byAge = () => new Float64Array(OLDEST_QUARTER + 1);
  const byPlace = () => new Float64Array((OLDEST_QUARTER + 1) * PLACES);
  return {
    ...{ reached: byAge(), live: byAge(), startCents: byAge(), cents: byAge() },
    ...{ left: byPlace(), stillHere: byPlace() },
  };
}

function daysOfLife(startedOn: number, asOf: number): number[] {
  const start = dayFromEpoch(startedOn);
  const days: number[] = [];
  for (let age = 0; age <= OLDEST_QUARTER; age += 1) {
    const day = dayToEpoch(addMonths(start, 3 * age));
    if (day > asOf) break;
    days.push(day);
  }
  return [...days, asOf];
}

/**
 * A day of a life as a number that grows with age: its quarters, then the days since. By days alone
 * a year with a leap day would be over a day after the others, and its churn fall behind its age.
 */
function placeOf(day: number, days: readonly number[]): number {
  let age = days.length - 2;
  while ((days[age] as number) > day) age -= 1;
  return age * PLACES + Math.min(day - (days[age] as number), PLACES - 1);
}

function addAge(sums: CohortSums, age: number, arr: Float64Array): void {
  const cents = arr[age] as number;
  increase(sums.reached, age, 1);
  increase(sums.live, age, cents > 0 ? 1 : 0);
  increase(sums.startCents, age, arr[0] as number);
  increase(sums.cents, age, cents);
}

function addSums(whole: CohortSums, part: CohortSums): void {
  for (const name of Object.keys(whole) as (keyof CohortSums)[]) {
    for (const [at, sum] of part[name].entries()) increase(whole[name], at, sum);
  }
}

function increase(sums: Float64Array, at: number, by: number): void {
  sums[at] = (sums[at] as number) + by;
}

function* rowsOf(cohort: string, sums: CohortSums, smallest: number): Generator<CohortRow> {
  const { left, stillHere } = sums;
  const curve = kaplanMeier(
    Array.from(left, (events, time) => ({ time, events, censored: stillHere[time] as number })),
  );
  const started = sums.reached[0] as number;
  for (let age = 0; age <= OLDEST_QUARTER; age += 1) {
    const reached = sums.reached[age] as number;
    if (reached === 0) return;
    const live = sums.live[age] as number;
    const startArrCents = sums.startCents[age] as number;
    const arrCents = sums.cents[age] as number;
    const survival = figureAt(curve, age * PLACES, smallest);
    const bare = startArrCents === 0 ? ['no ARR on the first day'] : [];
    yield {
      cohort,
      quartersSinceStart: age,
      customersStarted: started,
      customersReached: reached,
      isComplete: reached === started,
      customersLive: live,
      logoRetention: live / reached,
      startArrCents,
      arrCents,
      revenueRetention: shareOf(arrCents, startArrCents),
      ...survival,
      reason: [...bare, ...(survival.reason === null ? [] : [survival.reason])].join('; ') || null,
    };
  }
}
