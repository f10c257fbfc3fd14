import { plural } from '../../../basics/text.ts';
import { missing, type ReadinessItem } from '../item.ts';
import { doneWithin } from '../within.ts';

/** Lawyers take the weeks they take: redlines that come late move the signature. */
export const legalReview: ReadinessItem = {
  id: 'legal_review',
  title: 'Legal redlines settled',
  question: 'Have the lawyers of both sides let the terms go?',
  needs: ['renewal_steps.step', 'renewal_steps.started_on', 'renewal_steps.completed_on'],

  judge({ legalOpen, legalClearedOn: on }, { asOf, policy }) {
    if (legalOpen > 0) return missing(`${plural(legalOpen, 'legal review')} still open`);
    if (on === null) return missing('no legal review was ever begun');
    const withinDays = policy.legal_review.within_days;
    return doneWithin({ what: 'legal review', on, asOf, withinDays });
  },
};
