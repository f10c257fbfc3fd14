import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const FIRST_REVIEW_DAYS = 90;

/** Value that is not shown to those who pay is taken for granted, and then for nothing. */
export const valueReview: Measure = {
  id: 'value_review',
  question: 'Have we lately shown them what it is worth to them?',
  needs: ['touchpoints.kind'],

  judge({ asOf, customerSince, lastValueReviewOn }) {
    if (lastValueReviewOn !== null) {
      const days = daysBetween(lastValueReviewOn, asOf);
      return observed(days, `last value review ${plural(days, 'day')} ago`);
    }
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < FIRST_REVIEW_DAYS) {
      return unknown(
        `customer for ${tenureDays} days; a first value review is due after ${FIRST_REVIEW_DAYS}`,
      );
    }
    return observed(tenureDays, `no value review in ${plural(tenureDays, 'day')} as a customer`);
  },
};
