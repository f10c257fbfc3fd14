import { type Character, type CharacterName, characters } from './account-character.ts';
import type { Segment } from './company.ts';
import {
  type Course,
  contractTerms,
  signedAhead,
  type Term,
  termsUntilToday,
} from './contract-terms.ts';
import type { DayNumber } from './day-number.ts';
import { evenly, type RandomStream, weightedKey } from './random-stream.ts';
import { type Script, scriptOf } from './stories.ts';

export interface AccountLife {
  readonly course: Course;
  readonly character: CharacterName;
  readonly traits: Character;
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
  steady: 26,
  growing: 25,
  seasonal: 5,
  coasting: 12,
  wobbling: 8,
  stalled: 4,
  fading: 8,
  'champion-left': 5,
  'support-trouble': 6,
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
  const script = scriptOf(index);
  if (script) return scriptedLife(script, segment, asOf, random);
  const course = weightedKey(courses[segment], evenly(seed, index, courseStep));
  const character = random.weighted(charactersOf[course]);
  const leftOn = asOf - 1 - Math.floor(729 * evenly(seed, index, leavingStep));
  const terms = contractTerms(course, segment, { asOf, leftOn }, random);
  const turned = turnDay(course, character, terms, asOf, random);
  const isSound = turned === null && course !== 'churned' && character !== 'stalled';
  return {
    course,
    character,
    traits: characters[character],
    terms: isSound ? signedAhead(terms, asOf, random) : terms,
    turnDay: turned,
  };
};

function scriptedLife(
  { course = 'established', character, traits, startedDaysAgo, turnedDaysAgo }: Script,
  segment: Segment,
  asOf: DayNumber,
  random: RandomStream,
): AccountLife {
  return {
    course,
    character,
    traits: { ...characters[character], ...traits },
    terms: termsUntilToday(asOf - startedDaysAgo, segment, false, asOf, random),
    turnDay: turnedDaysAgo === undefined ? null : asOf - turnedDaysAgo,
  };
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
