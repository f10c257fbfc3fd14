import { type AccountStory, strainOn } from './account-story.ts';
import type { Segment } from './company.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';

export type Role = 'champion' | 'executive_sponsor' | 'admin' | 'user';

/** Somebody at the customer whom the company knows. */
export interface Person {
  readonly contactId: string;
  readonly role: Role;
  readonly from: DayNumber;
  /** The last day there, of those who left. */
  readonly to: DayNumber | null;
}

/** A post that somebody left: the last day, and when the next one came, if anybody did. */
interface Departure {
  readonly role: Role;
  readonly on: DayNumber;
  readonly successorOn: DayNumber | null;
}

/** How many are known at least and at most; surveys ask some of the first ones. */
const known: Readonly<Record<Segment, readonly [number, number]>> = {
  Enterprise: [8, 12],
  'Mid-market': [4, 6],
  SMB: [1, 2],
};

/** The people of an account, those who left and those who took over last. */
export const peopleOf = (story: AccountStory): Person[] => {
  const random = story.random('people');
  const start = Math.min(story.lines[0]?.start ?? story.asOf, story.asOf) - random.whole(2, 28);
  const posts = postsOf(story, random);
  const departures = departuresOf(story, posts, start, random);
  const people: Person[] = [];
  const add = (role: Role, from: DayNumber, to: DayNumber | null) => {
    people.push({ contactId: contactId(story, people.length + 1), role, from, to });
  };

  const count = random.whole(...known[story.segment]);
  for (let place = 0; place < Math.max(count, posts.length); place += 1) {
    const post = posts[place] ?? 'user';
    const left = departures.some(({ role }) => role === post);
    // Colleagues met later are users; those in a post were there when the contract was made.
    const later = posts[place] ? 0 : random.whole(0, 40);
    add(left ? 'user' : post, Math.min(start + later, story.asOf - 1), null);
  }
  for (const { role, on, successorOn } of departures) {
    add(role, start, on);
    if (successorOn !== null) add(role, successorOn, null);
  }
  return people;
};

/** Who of them was there on a day. */
export const isThere = ({ from, to }: Person, day: DayNumber): boolean =>
  from <= day && (to === null || day <= to);

export const contactId = ({ accountId }: AccountStory, person: number): string =>
  `ctc-${accountId.slice(4)}-${person}`;

/** A small customer has hardly anybody with a post; nobody's executive ever bought for one. */
function postsOf({ segment, motion, script }: AccountStory, random: RandomStream): Role[] {
  const chances: readonly [Role, number][] =
    segment === 'Enterprise'
      ? [
          ['champion', 0.97],
          ['executive_sponsor', 0.92],
          ['admin', 0.99],
        ]
      : segment === 'Mid-market'
        ? [
            ['champion', 0.94],
            ['executive_sponsor', 0.62],
            ['admin', 0.93],
          ]
        : [
            ['champion', motion === 'pooled' ? 0.7 : 0.25],
            ['admin', 0.45],
          ];
  return chances.filter(([, chance]) => random.chance(chance) || script).map(([role]) => role);
}

function departuresOf(
  story: AccountStory,
  posts: readonly Role[],
  start: DayNumber,
  random: RandomStream,
): Departure[] {
  const { asOf, life, script } = story;
  const departures: Departure[] = [];
  const add = (role: Role, on: DayNumber, successorOn: DayNumber | null) => {
    const isInTime = successorOn !== null && successorOn < asOf;
    if (!posts.includes(role) || on >= asOf || on <= start) return;
    departures.push({ role, on, successorOn: isInTime ? successorOn : null });
  };
  const turn = life.turnDay;
  const [champion, sponsor, wait] = [random.unit(), random.unit(), random.whole(8, 45)];

  if (life.character === 'champion-left' && turn !== null) {
    add('champion', turn, champion < 0.2 && !script ? turn + 30 + wait : null);
    if (sponsor < 0.2) add('executive_sponsor', turn + wait, null);
  } else if (life.character === 'fading' && turn !== null) {
    if (champion < 0.25) add('champion', turn + wait, null);
    if (sponsor < 0.15) add('executive_sponsor', turn + 2 * wait, null);
  } else if (!script && strainOn(story, asOf) < 0.5) {
    // People move on everywhere; where all is well, somebody takes over.
    const daysAgo = random.whole(60, 700);
    if (champion < 0.08) add('champion', asOf - daysAgo, asOf - daysAgo + wait);
    if (sponsor < 0.08) add('executive_sponsor', asOf - daysAgo, asOf - daysAgo + wait);
    else if (sponsor < 0.1) add('executive_sponsor', asOf - daysAgo, null);
  }
  return departures;
}
