import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** While something severe is broken nobody talks about value. */
export const severeTickets: Measure = {
  id: 'severe_tickets',
  question: 'Are they free of severe open tickets?',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],

  judge({ severeTicketsOpen, unratedTicketsOpen }) {
    if (severeTicketsOpen === 0 && unratedTicketsOpen > 0) {
      return unknown(`${plural(unratedTicketsOpen, 'open ticket')} without a severity`);
    }
    return observed(
      severeTicketsOpen,
      severeTicketsOpen === 0
        ? 'no critical or high ticket open'
        : `${plural(severeTicketsOpen, 'critical or high ticket')} open`,
    );
  },
};
