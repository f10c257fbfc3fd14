import { plural } from '../../basics/text.ts';
import { type Measure, observed } from '../measure.ts';

/** Who escalates has stopped believing that the usual way leads anywhere. */
export const escalations: Measure = {
  id: 'escalations',
  question: 'Are they free of escalations?',
  needs: ['support_tickets.escalated', 'support_tickets.closed_at'],

  judge({ escalationsOpen }) {
    return observed(
      escalationsOpen,
      escalationsOpen === 0
        ? 'no escalated ticket open'
        : `${plural(escalationsOpen, 'escalated ticket')} open`,
    );
  },
};
