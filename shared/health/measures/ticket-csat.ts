import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** How an answer was received says more than how fast it came. */
export const ticketCsat: Measure = {
  id: 'ticket_csat',
  question: 'Are they content with the help they get?',
  needs: ['support_tickets.csat', 'support_tickets.closed_at'],

  judge({ ticketCsat90d, ticketCsatCount90d }) {
    if (ticketCsat90d === null) return unknown('no rated ticket in 90 days');
    return observed(
      ticketCsat90d,
      `${ticketCsat90d.toFixed(1)} of 5 over ${plural(ticketCsatCount90d, 'rated ticket')} in 90 days`,
    );
  },
};
