import { type AccountStory, daysUnderContract, declineOn } from './account-story.ts';
import type { Segment } from './company.ts';
import { type DayNumber, isWeekend } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { type Cell, sampleTable } from './sample-table.ts';
import { type Severity, ticketCourse } from './ticket-course.ts';

/** What customers asked support for, and how it went; oldest first within an account. */
export const supportTickets = sampleTable({
  name: 'support_tickets',
  columns: {
    ticket_id: 'VARCHAR',
    account_id: 'VARCHAR',
    opened_at: 'TIMESTAMP',
    closed_at: 'TIMESTAMP',
    severity: 'VARCHAR',
    theme: 'VARCHAR',
    first_response_at: 'TIMESTAMP',
    response_due_at: 'TIMESTAMP',
    csat: 'INTEGER',
    escalated: 'BOOLEAN',
  },

  *rows(story, window) {
    const random = story.random('support tickets');
    let number = 0;
    for (const { openedAt, stuck } of openings(story, window.from, random)) {
      number += 1;
      const trouble = troubleOn(story, Math.floor(openedAt / secondsPerDay));
      yield {
        ticket_id: `tic-${story.accountId.slice(4)}-${String(number).padStart(4, '0')}`,
        account_id: story.accountId,
        opened_at: openedAt,
        ...ticketOf(story, openedAt, stuck, trouble, random),
      };
    }
  },
});

const secondsPerDay = 86_400;

/** Tickets in a week without trouble; those who serve themselves never ask. */
const weeklyTickets: Readonly<Record<Segment, readonly number[]>> = {
  Enterprise: [0.25, 0.4, 0.55, 0.75, 1.1],
  'Mid-market': [0, 0.08, 0.15, 0.22, 0.36],
  SMB: [0, 0, 0, 0.01, 0.03, 0.06, 0.12],
};

const calm: Readonly<Record<Severity, number>> = { critical: 2, high: 13, medium: 50, low: 35 };
const tense: Readonly<Record<Severity, number>> = { critical: 13, high: 35, medium: 38, low: 14 };

/** Troubled customers with a critical ticket that has been open for weeks. */
const stuckChance: Readonly<Record<Segment, number>> = {
  Enterprise: 0.8,
  'Mid-market': 0.6,
  SMB: 0.25,
};

/** The sync release two months ago, which has kept support busy since. */
const syncReleaseDaysAgo = 62;

/** How much of a fall shows in tickets: only those whose trouble is the product itself. */
const troubleOn = (story: AccountStory, day: DayNumber): number =>
  story.life.character === 'support-trouble' ? declineOn(story, day) : 0;

function* openings(
  story: AccountStory,
  windowFrom: DayNumber,
  random: RandomStream,
): Iterable<{ openedAt: number; stuck: boolean }> {
  const rate = random.quantile(weeklyTickets[story.segment]) * story.character.tickets;
  const floor = story.life.character === 'support-trouble' ? 0.04 : 0;
  const stuckOn =
    story.life.course !== 'churned' &&
    troubleOn(story, story.asOf) === 1 &&
    random.chance(stuckChance[story.segment])
      ? story.asOf - random.whole(9, 48)
      : null;

  for (const { from, to } of daysUnderContract(story)) {
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
        if (openedAt < to * secondsPerDay) yield { openedAt, stuck: openedAt === stuckAt };
      }
    }
  }
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

function ticketOf(
  story: AccountStory,
  openedAt: number,
  stuck: boolean,
  trouble: number,
  random: RandomStream,
): Readonly<Record<TicketColumn, Cell>> {
  const severity = stuck ? 'critical' : random.weighted(random.chance(trouble) ? tense : calm);
  const day = openedAt / secondsPerDay;
  const theme = themeOf(story, day, severity, random);
  const course = ticketCourse({ openedAt, severity, segment: story.segment, trouble }, random);
  const now = story.asOf * secondsPerDay;
  const isClosed = !stuck && course.closedAt < now;
  const mood = story.character.mood / 2 + 0.35 - trouble * 1.6 - (course.late ? 0.9 : 0);
  const csat = Math.min(5, Math.max(1, Math.round(mood + random.quantile([-1.6, 0, 0, 0, 0.9]))));
  return {
    closed_at: isClosed ? course.closedAt : null,
    severity,
    theme,
    first_response_at: course.respondedAt < now ? course.respondedAt : null,
    response_due_at: course.dueAt,
    csat: random.chance(0.36) && isClosed ? csat : null,
    escalated: stuck || random.chance(escalation[severity] * (1 + trouble)),
  };
}

type TicketColumn =
  | 'closed_at'
  | 'severity'
  | 'theme'
  | 'first_response_at'
  | 'response_due_at'
  | 'csat'
  | 'escalated';

const escalation: Readonly<Record<Severity, number>> = {
  critical: 0.3,
  high: 0.08,
  medium: 0.01,
  low: 0,
};

function themeOf(
  { asOf }: AccountStory,
  day: number,
  severity: Severity,
  random: RandomStream,
): string {
  const sync = day > asOf - syncReleaseDaysAgo ? 34 : 9;
  return severity === 'critical' || severity === 'high'
    ? random.weighted({ outage: 20, performance: 26, 'data sync': sync + 6, sso: 12, export: 10 })
    : random.weighted({
        'how-to': 26,
        reporting: 16,
        permissions: 13,
        billing: 10,
        import: 10,
        'data sync': sync,
        performance: 8,
        mobile: 8,
      });
}
