import { type CharacterName, characters } from './account-character.ts';
import { type Segment, segments } from './company.ts';
import { addMonths, type DayNumber, firstOfMonth } from './day-number.ts';
import { evenly, type RandomStream, weightedKey } from './random-stream.ts';

/** How an account stands today: the course of its relation with the company. */
export type Course = 'established' | 'new' | 'churned' | 'returned' | 'overdue';

export interface Term {
  readonly start: DayNumber;
  readonly end: DayNumber;
  readonly months: number;
  /** Whether this term continues the one before it; false for the first and after a pause. */
  readonly renews: boolean;
}

export interface AccountLife {
  readonly course: Course;
  readonly character: CharacterName;
  readonly terms: readonly Term[];
  /** The day things began to go wrong, if they ever did. */
  readonly turnDay: DayNumber | null;
}

const courses: Readonly<Record<Segment, Readonly<Record<Course, number>>>> = {
  Enterprise: { established: 86, new: 5, churned: 7, returned: 1, overdue: 1 },
  'Mid-market': { established: 79, new: 7, churned: 12, returned: 1.3, overdue: 0.7 },
  SMB: { established: 74, new: 8.5, churned: 15.5, returned: 1.5, overdue: 0.5 },
};

const established: Readonly<Record<CharacterName, number>> = {
  steady: 28,
  growing: 27,
  seasonal: 6,
  coasting: 11,
  wobbling: 7,
  stalled: 4,
  fading: 7,
  'champion-left': 4,
  'support-trouble': 5,
  'budget-cut': 1,
};

const charactersOf: Readonly<Record<Course, Partial<Record<CharacterName, number>>>> = {
  established,
  overdue: established,
  new: { steady: 46, growing: 25, coasting: 12, stalled: 14, 'support-trouble': 3 },
  returned: { steady: 60, coasting: 40 },
  churned: {
    fading: 40,
    'champion-left': 18,
    'support-trouble': 18,
    stalled: 12,
    coasting: 4,
    'budget-cut': 8,
  },
};

/** The constants of the R3 sequence: three even spreads, even in combination too. */
export const segmentStep = 0xd1b54a33;
const courseStep = 0xabc98389;
const leavingStep = 0x8cb92ba7;

/** Draws when an account came, how it fares, whether and when it left. */
export const accountLife = (
  { seed, index, asOf }: { seed: number; index: number; asOf: DayNumber },
  segment: Segment,
  random: RandomStream,
): AccountLife => {
  const course = weightedKey(courses[segment], evenly(seed, index, courseStep));
  const character = random.weighted(charactersOf[course]);
  const leftOn = asOf - 1 - Math.floor(729 * evenly(seed, index, leavingStep));
  const terms = termsOf(course, segment, { asOf, leftOn }, random);
  const turned = turnDay(course, character, terms, asOf, random);
  const isSound = turned === null && course !== 'churned' && character !== 'stalled';
  return {
    course,
    character,
    terms: isSound ? signedAhead(terms, asOf, random) : terms,
    turnDay: turned,
  };
};

function termsOf(
  course: Course,
  segment: Segment,
  { asOf, leftOn }: { asOf: DayNumber; leftOn: DayNumber },
  random: RandomStream,
): Term[] {
  if (course === 'churned') {
    return pastTerms(monthly(segment, random), leftOn, random);
  }
  if (course === 'overdue') return pastTerms(false, asOf - random.whole(2, 25), random, 0);
  if (course === 'returned') {
    const back = asOf - random.whole(40, 420);
    const before = pastTerms(false, back - random.whole(35, 230), random);
    return [...before, ...termsUntilToday(back, segment, false, asOf, random)];
  }
  if (course === 'new') {
    // A few have signed and not yet started.
    const start = random.chance(0.07) ? asOf + random.whole(3, 40) : asOf - random.whole(8, 270);
    return termsUntilToday(
      snapped(start, asOf, random),
      segment,
      monthly(segment, random),
      asOf,
      random,
    );
  }
  const start = asOf - Math.round(random.quantile([275, 760, 1050, 1400, 1800, 2300]));
  const isMonthly = start > asOf - 500 && monthly(segment, random, 0.4);
  return termsUntilToday(snapped(start, asOf, random), segment, isMonthly, asOf, random);
}

const monthly = (segment: Segment, random: RandomStream, probability = 0.12): boolean =>
  segment === 'SMB' && random.chance(probability);

/** Contracts like to begin on the first of a month; not where that would cross today. */
function snapped(start: DayNumber, asOf: DayNumber, random: RandomStream): DayNumber {
  const first = firstOfMonth(start);
  return random.chance(0.5) && first < asOf === start < asOf ? first : start;
}

function termsUntilToday(
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
function signedAhead(terms: readonly Term[], asOf: DayNumber, random: RandomStream): Term[] {
  const last = terms.at(-1);
  const isNear = last && last.months > 1 && last.end > asOf && last.end < asOf + 75;
  if (!isNear || last.start >= asOf || !random.chance(0.25)) return [...terms];
  return [...terms, { start: last.end, end: addMonths(last.end, 12), months: 12, renews: true }];
}

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

function turnDay(
  course: Course,
  character: CharacterName,
  terms: readonly Term[],
  asOf: DayNumber,
  random: RandomStream,
): DayNumber | null {
  const { turn } = characters[character];
  if (!turn) return null;
  const start = terms[0]?.start ?? asOf;
  const end = course === 'churned' ? (terms.at(-1)?.end ?? asOf) : asOf;
  const [low, high] = course === 'churned' ? turn.beforeLeaving : turn.beforeToday;
  // Nobody turns before there was something to turn from.
  return Math.max(end - random.whole(low, high), start + Math.round((end - start) * 0.4));
}
