import { type Segment, segments } from './company.ts';
import { addMonths, type DayNumber, firstOfMonth } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';

/** How an account stands today: the course of its relation with the company. */
export type Course = 'established' | 'new' | 'churned' | 'returned' | 'overdue';

export interface Term {
  readonly start: DayNumber;
  readonly end: DayNumber;
  readonly months: number;
  /** Whether this term continues the one before it; false for the first and after a pause. */
  readonly renews: boolean;
}

/** The terms a course of life comes to, from the first to the one that runs today or ran last. */
export const contractTerms = (
  course: Course,
  segment: Segment,
  { asOf, leftOn }: { asOf: DayNumber; leftOn: DayNumber },
  random: RandomStream,
): Term[] => {
  if (course === 'churned') return pastTerms(monthly(segment, random), leftOn, random);
  if (course === 'overdue') return pastTerms(false, asOf - random.whole(2, 25), random, 0);
  if (course === 'returned') {
    const back = asOf - random.whole(40, 420);
    const before = pastTerms(false, back - random.whole(35, 230), random);
    return [...before, ...termsUntilToday(back, segment, false, asOf, random)];
  }
  if (course === 'new') {
    // A few have signed and not yet started.
    const start = random.chance(0.07) ? asOf + random.whole(3, 40) : asOf - random.whole(8, 270);
    const first = snapped(start, asOf, random);
    return termsUntilToday(first, segment, monthly(segment, random), asOf, random);
  }
  const start = asOf - Math.round(random.quantile([275, 760, 1050, 1400, 1800, 2300]));
  const isMonthly = start > asOf - 500 && monthly(segment, random, 0.4);
  return termsUntilToday(snapped(start, asOf, random), segment, isMonthly, asOf, random);
};

const monthly = (segment: Segment, random: RandomStream, probability = 0.12): boolean =>
  segment === 'SMB' && random.chance(probability);

/** Contracts like to begin on the first of a month; not where that would cross today. */
function snapped(start: DayNumber, asOf: DayNumber, random: RandomStream): DayNumber {
  const first = firstOfMonth(start);
  return random.chance(0.5) && first < asOf === start < asOf ? first : start;
}

/** One term after the other from the first day to the one that runs today. */
export function termsUntilToday(
  start: DayNumber,
  segment: Segment,
  isMonthly: boolean,
  asOf: DayNumber,
  random: RandomStream,
): Term[] {
  const terms: Term[] = [];
  let from = start;
  do {
    const months = isMonthly ? 1 : Number(random.weighted(segments[segment].termMonths));
    const end = addMonths(from, months);
    terms.push({ start: from, end, months, renews: from !== start });
    from = end;
  } while (from <= asOf);
  return terms;
}

/** Some of the contracts about to end are already signed again. */
export const signedAhead = (
  terms: readonly Term[],
  asOf: DayNumber,
  random: RandomStream,
): Term[] => {
  const last = terms.at(-1);
  const isNear = last && last.months > 1 && last.end > asOf && last.end < asOf + 75;
  if (!isNear || last.start >= asOf || !random.chance(0.25)) return [...terms];
  return [...terms, { start: last.end, end: addMonths(last.end, 12), months: 12, renews: true }];
};

function pastTerms(isMonthly: boolean, end: DayNumber, random: RandomStream, snap = 0.5): Term[] {
  const months = isMonthly ? 1 : 12;
  const count = isMonthly ? random.whole(4, 18) : Math.round(random.quantile([1, 1, 2, 2, 3, 5]));
  const last = random.chance(snap) ? firstOfMonth(end) : end;
  const first = addMonths(last, -months * count);
  return Array.from({ length: count }, (_, place) => ({
    start: addMonths(first, months * place),
    end: place === count - 1 ? last : addMonths(first, months * (place + 1)),
    months,
    renews: place > 0,
  }));
}
