import { type AccountStory, daysUnderContract, declineOn } from './account-story.ts';
import type { Segment } from './company.ts';
import { type DayNumber, isWeekend, secondsPerDay } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import type { Severity } from './ticket-course.ts';

/** The sync release two months ago, which has kept support busy since. */
export const syncReleaseDaysAgo = 62;

/** How much of a fall shows in tickets: only those whose trouble is the product itself. */
export const troubleOn = (story: AccountStory, day: DayNumber): number =>
  story.life.character === 'support-trouble' ? declineOn(story, day) : 0;

/** Tickets in a week without trouble; those who serve themselves never ask. */
const weeklyTickets: Readonly<Record<Segment, readonly number[]>> = {
  Enterprise: [0.25, 0.4, 0.55, 0.75, 1.1],
  'Mid-market': [0, 0.08, 0.15, 0.22, 0.36],
  SMB: [0, 0, 0, 0.01, 0.03, 0.06, 0.12],
};

/** Troubled customers with a critical ticket that has been open for weeks. */
const stuckChance: Readonly<Record<Segment, number>> = {
  Enterprise: 0.8,
  'Mid-market': 0.6,
  SMB: 0.25,
};

export interface TicketOpening {
  /** Seconds since 1970. */
  readonly openedAt: number;
  /** How severe, where it is still open today, whatever its like usually takes. */
  readonly stuckAs: Severity | null;
}

/** When an account opens tickets, oldest first: by its size, its age and its troubles. */
export function* ticketOpenings(
  story: AccountStory,
  windowFrom: DayNumber,
  random: RandomStream,
): Iterable<TicketOpening> {
  const rate = random.quantile(weeklyTickets[story.segment]) * story.character.tickets;
  const floor = story.life.character === 'support-trouble' ? 0.04 : 0;
  const stuckOn =
    story.life.course !== 'churned' &&
    troubleOn(story, story.asOf) === 1 &&
    random.chance(stuckChance[story.segment])
      ? story.asOf - random.whole(9, 48)
      : null;

  const spike = spikeOf(story);
  const spikeAt = spike[0]?.openedAt ?? story.asOf * secondsPerDay;
  for (const { from, to } of daysUnderContract(story)) {
    const endsAt = Math.min(to * secondsPerDay, spikeAt);
    for (let week = Math.max(from, windowFrom); week < to; week += 7) {
      const fall = declineOn(story, week);
      const more = 1 + fall * ((story.character.turn?.tickets ?? 1) - 1);
      const young = week - from < 60 ? 1.8 : 1;
      const recent = week > story.asOf - syncReleaseDaysAgo ? 1.15 : 1;
      const opened = count(Math.max(rate, floor) * more * young * recent, random);
      const moments = Array.from({ length: opened }, () => moment(week, random));
      const stuck = stuckOn !== null && week <= stuckOn && stuckOn < week + 7;
      if (stuck) moments.push(stuckOn * secondsPerDay + random.whole(28_800, 64_800));
      const stuckAt = stuck ? moments.at(-1) : undefined;
      for (const openedAt of moments.sort((a, b) => a - b)) {
        const stuckAs = openedAt === stuckAt ? 'critical' : null;
        if (openedAt < endsAt) yield { openedAt, stuckAs };
      }
    }
  }
  yield* spike;
}

/** The run of severe tickets that a script asks for: one a day, every second one critical. */
function spikeOf({ asOf, script }: AccountStory): TicketOpening[] {
  const opened = script?.severeTickets ?? 0;
  return Array.from({ length: opened }, (_, place) => ({
    openedAt: (asOf - opened - 1 + place) * secondsPerDay + 39_600,
    stuckAs: place % 2 === 0 ? 'critical' : 'high',
  }));
}

/** So many on average; twice as many in some weeks and none in others. */
function count(mean: number, random: RandomStream): number {
  const drawn = mean * random.quantile([0.2, 0.6, 1, 1.4, 1.8]);
  return Math.floor(drawn) + (random.chance(drawn % 1) ? 1 : 0);
}

/** Within a week, mostly in office hours of a working day. */
function moment(week: DayNumber, random: RandomStream): number {
  let day = week + random.whole(0, 6);
  if (isWeekend(day) && random.chance(0.8)) day = week + ((day - week + 3) % 7);
  const hours = random.quantile([0, 8.5, 10, 11.5, 14, 16, 18, 23.9]);
  return day * secondsPerDay + Math.round(hours * 3_600);
}
