import type { AccountStory } from './account-story.ts';
import { secondsPerDay } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { type Cell, sampleTable } from './sample-table.ts';
import { type Severity, ticketCourse } from './ticket-course.ts';
import {
  syncReleaseDaysAgo,
  type TicketOpening,
  ticketOpenings,
  troubleOn,
} from './ticket-openings.ts';

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
    for (const { openedAt, stuckAs } of ticketOpenings(story, window.from, random)) {
      number += 1;
      const trouble = troubleOn(story, Math.floor(openedAt / secondsPerDay));
      yield {
        ticket_id: `tic-${story.accountId.slice(4)}-${String(number).padStart(4, '0')}`,
        account_id: story.accountId,
        opened_at: openedAt,
        ...ticketOf(story, { openedAt, stuckAs }, trouble, random),
      };
    }
  },
});

const calm: Readonly<Record<Severity, number>> = { critical: 2, high: 13, medium: 50, low: 35 };
const tense: Readonly<Record<Severity, number>> = { critical: 13, high: 35, medium: 38, low: 14 };

function ticketOf(
  story: AccountStory,
  { openedAt, stuckAs }: TicketOpening,
  trouble: number,
  random: RandomStream,
): Readonly<Record<TicketColumn, Cell>> {
  const severity = stuckAs ?? random.weighted(random.chance(trouble) ? tense : calm);
  const day = openedAt / secondsPerDay;
  const theme = themeOf(story, day, severity, random);
  const course = ticketCourse({ openedAt, severity, segment: story.segment, trouble }, random);
  const now = story.asOf * secondsPerDay;
  const isClosed = stuckAs === null && course.closedAt < now;
  const mood = story.character.mood / 2 + 0.35 - trouble * 1.6 - (course.late ? 0.9 : 0);
  const csat = Math.min(5, Math.max(1, Math.round(mood + random.quantile([-1.6, 0, 0, 0, 0.9]))));
  return {
    closed_at: isClosed ? course.closedAt : null,
    severity,
    theme,
    first_response_at: course.respondedAt < now ? course.respondedAt : null,
    response_due_at: course.dueAt,
    csat: random.chance(0.36) && isClosed ? csat : null,
    escalated: stuckAs === 'critical' || random.chance(escalation[severity] * (1 + trouble)),
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
