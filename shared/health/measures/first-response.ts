import { type Measure, observed, unknown } from '../measure.ts';

/** A late first answer is a broken promise that the customer remembers at renewal. */
export const firstResponse: Measure = {
  id: 'first_response',
  question: 'Do we answer them in time?',
  needs: ['support_tickets.first_response_at', 'support_tickets.response_due_at'],

  judge({ responsesDue90d, responsesMet90d }) {
    if (responsesDue90d === 0) return unknown('no ticket with a response due in 90 days');
    return observed(
      responsesMet90d / responsesDue90d,
      `${responsesMet90d} of ${responsesDue90d} first responses in time in 90 days`,
    );
  },
};
