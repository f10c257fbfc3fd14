import { missing, type ReadinessItem } from '../item.ts';
import { doneWithin } from '../within.ts';

/** A price that is first thought of in the last week is a discount. */
export const pricingReview: ReadinessItem = {
  id: 'pricing_review',
  title: 'Pricing reviewed',
  question: 'Is it settled what they are offered?',
  needs: ['renewal_steps.step', 'renewal_steps.completed_on'],

  judge({ pricingReviewedOn: on }, { asOf, policy }) {
    if (on === null) return missing('no pricing review was ever completed');
    const withinDays = policy.pricing_review.within_days;
    return doneWithin({ what: 'pricing review', on, asOf, withinDays });
  },
};
