import { addMonths, dayFromEpoch, dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { shareOf } from '../basics/ratio.ts';
import { annualOn, isLiveOn, type LiveLine } from './contract-line.ts';
import { type RevenueCustomer, startQuarter } from './customer.ts';
import type { Books, Ledger } from './ledger.ts';
import { kaplanMeier, type SurvivalStep, survivalAt } from './survival.ts';

/** What is left of a cohort at an age. Retention is of those who reached it, survival of all. */
export interface CohortRow {
  /** Quarter of the first contract, or `all`. */
  readonly cohort: string;
  readonly quartersSinceStart: number;
  readonly customersStarted: number;
  /** Those whose own day of this age is not after as_of. */
  readonly customersReached: number;
  /** All of the cohort reached this age, so the row will not change by mere waiting. */
  readonly isComplete: boolean;
  /** Of those who reached it, the ones with ARR on that day. */
  readonly customersLive: number;
  readonly logoRetention: number;
  /** ARR of those who reached it on their first day and on that day, both at the rates of as_of. */
  readonly startArrCents: Cents;
  readonly arrCents: Cents;
  readonly revenueRetention: number | null;
  /** Those who were followed to this age, whether or not they left on that day. */
  readonly atRisk: number;
  readonly survival: number | null;
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reason: string | null;
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
  readonly left: Int32Array;
  readonly stillHere: Int32Array;
}

/** What all who began on one day share; reckoned once, for months are slow to count. */
interface Beginning {
  readonly cohorts: readonly CohortSums[];
  /** The day of each age that is not after as_of, and then as_of itself. */
  readonly days: readonly number[];
}

/** Adds customers up by start quarter and age as they stream past; none of them is kept. */
export const cohortTally = ({ calendar, rates, policy }: Books) => {
  const asOf = calendar.epochs[calendar.today] as number;
  const whole = emptySums();
  const byQuarter = new Map<string, CohortSums>();
  const beginnings = new Map<number, Beginning>();
  const arr = new Float64Array(OLDEST_QUARTER + 2);

  const beginningOf = (ledger: Ledger): Beginning => {
    const known = beginnings.get(ledger.startedOn);
    if (known !== undefined) return known;
    const quarter = startQuarter(ledger);
    const sums = byQuarter.get(quarter) ?? emptySums();
    byQuarter.set(quarter, sums);
    const beginning = { cohorts: [whole, sums], days: daysOfLife(ledger.startedOn, asOf) };
    beginnings.set(ledger.startedOn, beginning);
    return beginning;
  };

  /** Puts into `arr` what lines bring on each day, and tells up to when they bring anything. */
  const valueOn = (days: readonly number[], lines: readonly LiveLine[]): number => {
    arr.fill(0);
    let until = Number.NEGATIVE_INFINITY;
    for (const line of lines) {
      if (line.start > asOf || line.annual === 0) continue;
      until = Math.max(until, line.ends);
      const rate = rates.rateOn(line.currency, calendar.today);
      for (let at = 0; at < days.length; at += 1) {
        const day = days[at] as number;
        if (!isLiveOn(line, day)) continue;
        arr[at] = (arr[at] as number) + Math.round(annualOn(line, day) * rate * 100);
      }
    }
    return Math.min(until, asOf);
  };

  return {
    /** Who has brought nothing up to as_of is no customer yet, and is left out. */
    add(_customer: RevenueCustomer, ledger: Ledger): void {
      if (ledger.startedOn > asOf) return;
      const { cohorts, days } = beginningOf(ledger);
      const until = valueOn(days, ledger.lines);
      if (until < ledger.startedOn) return;
      for (const sums of cohorts)
        addLife(sums, arr, { ages: days.length - 1, place: placeOf(until, days) });
    },
    /** First all, then by quarter; each by age, as far as anyone reached. */
    rows(): CohortRow[] {
      const quarters = [...byQuarter].sort(([a], [b]) => (a < b ? -1 : 1));
      return [['all', whole] as const, ...quarters].flatMap(([cohort, sums]) =>
        rowsOf(cohort, sums, policy.retention.smallest_cohort),
      );
    },
  };
};

function emptySums(): CohortSums {
  const byAge = () => new Float64Array(OLDEST_QUARTER + 1);
  const byPlace = () => new Int32Array((OLDEST_QUARTER + 1) * PLACES);
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

function addLife(
  sums: CohortSums,
  arr: Float64Array,
  { ages, place }: { readonly ages: number; readonly place: number },
): void {
  const start = arr[0] as number;
  for (let age = 0; age < ages; age += 1) {
    const cents = arr[age] as number;
    increase(sums.reached, age, 1);
    if (cents > 0) increase(sums.live, age, 1);
    increase(sums.startCents, age, start);
    increase(sums.cents, age, cents);
  }
  const isStillHere = (arr[ages] as number) > 0;
  increase(isStillHere ? sums.stillHere : sums.left, place, 1);
}

function increase(counts: Float64Array | Int32Array, at: number, by: number): void {
  counts[at] = (counts[at] as number) + by;
}

function rowsOf(cohort: string, sums: CohortSums, smallest: number): CohortRow[] {
  const at = (counts: Float64Array, age: number) => counts[age] as number;
  const steps = kaplanMeier(
    Array.from(sums.left, (events, time) => ({
      time,
      events,
      censored: sums.stillHere[time] as number,
    })),
  );
  const started = at(sums.reached, 0);
  const rows: CohortRow[] = [];
  for (let age = 0; age <= OLDEST_QUARTER && at(sums.reached, age) > 0; age += 1) {
    const [reached, live] = [at(sums.reached, age), at(sums.live, age)];
    const [startArrCents, arrCents] = [at(sums.startCents, age), at(sums.cents, age)];
    const { reason, ...survival } = survivalOf(steps, age, smallest);
    const noStart = startArrCents === 0 ? 'no ARR on the first day' : null;
    rows.push({
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
      reason: [noStart, reason].filter((one) => one !== null).join('; ') || null,
    });
  }
  return rows;
}

function survivalOf(steps: readonly SurvivalStep[], age: number, smallest: number) {
  const point = survivalAt(steps, age * PLACES);
  if (point !== null && point.atRisk >= smallest) return { ...point, reason: null };
  const hidden = { survival: null, stdError: null, lower: null, upper: null };
  const atRisk = point?.atRisk ?? 0;
  const reason = atRisk === 0 ? 'nobody at risk' : `fewer than ${smallest} customers at risk`;
  return { atRisk, ...hidden, reason };
}
