import { plural } from '../../basics/text.ts';
import { type Measure, observed } from '../measure.ts';

/** While something severe is broken nobody talks about value. */
export const severeTickets: Measure = {
  id: 'severe_tickets',
  question: 'Are they free of severe open tickets?',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],

  judge({ severeTicketsOpen }) {
    return observed(
      severeTicketsOpen,
      severeTicketsOpen === 0
        ? 'no critical or high ticket open'
        : `${plural(severeTicketsOpen, 'critical or high ticket')} open`,
    );
  },
};
