import { plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';

/** While something severe is broken nobody signs. */
export const severeTickets: ReadinessItem = {
  id: 'severe_tickets',
  title: 'No severe ticket open',
  question: 'Are they free of severe open tickets?',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],

  judge({ severeTicketsOpen, unratedTicketsOpen }, { policy }) {
    const open = `${plural(severeTicketsOpen, 'critical or high ticket')} open`;
    const { at_most } = policy.severe_tickets;
    if (severeTicketsOpen > at_most)
      return missing(at_most > 0 ? `${open}; ${at_most} may be` : open);
    if (severeTicketsOpen + unratedTicketsOpen > at_most) {
      return unknown(`${plural(unratedTicketsOpen, 'open ticket')} without a severity`);
    }
    return done(severeTicketsOpen === 0 ? 'no critical or high ticket open' : open);
  },
};
