import type { AccountStory } from './account-story.ts';
import { secondsPerDay } from './day-number.ts';
import { isThere, type Person, peopleOf, type Role } from './people.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';
import { type Talk, type TalkKind, talksOf } from './talks.ts';

/** When the company spoke with a customer, and who was there; oldest first within an account. */
export const touchpoints = sampleTable({
  name: 'touchpoints',
  columns: {
    touchpoint_id: 'VARCHAR',
    account_id: 'VARCHAR',
    kind: 'VARCHAR',
    at: 'TIMESTAMP',
    attendee_role: 'VARCHAR',
  },

  *rows(story, window) {
    const random = story.random('touchpoints');
    const people = peopleOf(story);
    let number = 0;
    for (const talk of talksOf(story, window.from)) {
      number += 1;
      yield {
        touchpoint_id: touchpointId(story, number),
        account_id: story.accountId,
        kind: talk.kind,
        at: talk.day * secondsPerDay + random.whole(16, 34) * 1_800,
        attendee_role: attendeeOf(talk, people, random),
      };
    }
  },
});

const attendees: Readonly<Record<TalkKind, Readonly<Record<Role, number>>>> = {
  call: { champion: 45, executive_sponsor: 3, admin: 27, user: 25 },
  email: { champion: 40, executive_sponsor: 2, admin: 30, user: 28 },
  meeting: { champion: 45, executive_sponsor: 10, admin: 20, user: 25 },
  value_review: { champion: 65, executive_sponsor: 20, admin: 10, user: 5 },
  ebr: { champion: 18, executive_sponsor: 80, admin: 1, user: 1 },
};

/** Of those who were still there on the day; of many mails it is not known whom they reached. */
function attendeeOf(
  { day, kind }: Talk,
  people: readonly Person[],
  random: RandomStream,
): Role | null {
  const wanted = random.weighted(attendees[kind]);
  if (random.chance(kind === 'email' ? 0.5 : 0.06)) return null;
  const present = people.filter((person) => isThere(person, day));
  return present.some(({ role }) => role === wanted) ? wanted : (present[0]?.role ?? null);
}

const touchpointId = ({ accountId }: AccountStory, number: number): string =>
  `tou-${accountId.slice(4)}-${String(number).padStart(4, '0')}`;
