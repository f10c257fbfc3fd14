import { type AccountStory, daysUnderContract, type Spell, strainOn } from './account-story.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';

export type TalkKind = 'call' | 'email' | 'meeting' | 'value_review' | 'ebr';

export interface Talk {
  readonly day: DayNumber;
  readonly kind: TalkKind;
}

interface Rhythm {
  /** Days from one to the next while all is well; null where there are none. */
  readonly talks: number;
  readonly emails: number;
  readonly reviews: number | null;
}

/** Talks with an account, oldest first: the more strained the relation, the fewer there are. */
export const talksOf = (story: AccountStory, since: DayNumber): Talk[] => {
  const random = story.random('talks');
  const { talks, emails } = rhythmOf(story);
  const silence = silenceOf(story);
  const told: Talk[] = [];
  for (const spell of daysUnderContract(story)) {
    for (const day of every(story, spell, { since, days: talks, silence }, random)) {
      told.push({ day, kind: random.chance(0.6) ? 'call' : 'meeting' });
    }
    for (const day of every(story, spell, { since, days: emails, silence: 1 }, random)) {
      told.push({ day, kind: 'email' });
    }
  }
  return [...told, ...reviewsOf(story, since)].sort((a, b) => a.day - b.day);
};

/** Value reviews and, with an executive, EBRs; put off again and again where there is strain. */
export const reviewsOf = (story: AccountStory, since: DayNumber): Talk[] => {
  const random = story.random('reviews');
  const { reviews } = rhythmOf(story);
  const silence = silenceOf(story);
  if (reviews === null) return [];
  const told: Talk[] = [];
  for (const spell of daysUnderContract(story)) {
    // There is no value to review in the first weeks.
    const grown = { from: spell.from + 55, to: spell.to };
    for (const day of every(story, grown, { since, days: reviews, silence }, random)) {
      const withExecutive = story.segment !== 'SMB' && random.chance(0.4);
      told.push({ day, kind: withExecutive ? 'ebr' : 'value_review' });
    }
  }
  return told;
};

function* every(
  story: AccountStory,
  { from, to }: Spell,
  { since, days, silence }: { since: DayNumber; days: number; silence: number },
  random: RandomStream,
): Iterable<DayNumber> {
  let day = Math.max(from, since) + random.whole(1, Math.ceil(days * 0.7));
  while (day < to) {
    yield day;
    const slower = 1 + silence * strainOn(story, day);
    day += Math.max(1, Math.round(days * slower * random.quantile([0.4, 0.8, 1, 1.2, 1.6])));
  }
}

/** A customer whose problem is the product talks about it; one who turns away falls silent. */
function silenceOf({ life, character }: AccountStory): number {
  if (life.character === 'support-trouble') return 0.3;
  return character.turn ? 7 : 3;
}

function rhythmOf({ segment, motion }: AccountStory): Rhythm {
  if (segment === 'Enterprise') return { talks: 14, emails: 30, reviews: 85 };
  if (motion === 'high-touch') return { talks: 25, emails: 45, reviews: 110 };
  if (segment === 'Mid-market') return { talks: 34, emails: 55, reviews: 150 };
  if (motion === 'pooled') return { talks: 80, emails: 90, reviews: 300 };
  return { talks: 170, emails: 100, reviews: null };
}
