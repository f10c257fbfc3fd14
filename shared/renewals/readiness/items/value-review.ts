import { plural } from '../../../basics/text.ts';
import { tenureOf } from '../../../health/tenure.ts';
import { missing, type ReadinessItem, unknown } from '../item.ts';
import { doneWithin } from '../within.ts';

/** The value is to be on the table before the price is. */
export const valueReview: ReadinessItem = {
  id: 'value_review',
  title: 'Value review held',
  question: 'Have we lately shown them what it is worth to them?',
  needs: ['touchpoints.kind'],

  judge(account, { policy }) {
    const { asOf, lastValueReviewOn: on, lastContactOn } = account;
    const withinDays = policy.value_review.within_days;
    if (on !== null) return doneWithin({ what: 'value review', on, asOf, withinDays });
    const tenure = plural(tenureOf(account), 'day');
    if (tenureOf(account) < withinDays) {
      return unknown(`customer for ${tenure}; a first one is due after ${withinDays}`);
    }
    const nor = lastContactOn === null ? ', nor any other contact,' : '';
    return missing(`no value review${nor} in ${tenure} as a customer`);
  },
};
