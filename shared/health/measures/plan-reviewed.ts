import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** A plan that nobody opens is a document; one gone through together is an agreement. */
export const planReviewed: Measure = {
  id: 'plan_reviewed',
  question: 'Has the success plan been gone through lately?',
  needs: ['success_plans.reviewed_on', 'success_plans.status'],

  judge({ asOf, customerSince, objectives, planReviewedOn }) {
    if (objectives === 0) return unknown('no objective agreed');
    const plan = `plan of ${plural(objectives, 'objective')}`;
    if (planReviewedOn !== null) {
      const days = daysBetween(planReviewedOn, asOf);
      return observed(days, `${plan} reviewed ${plural(days, 'day')} ago`);
    }
    // Nobody records when a plan was made; at worst it has waited since the first contract.
    if (customerSince === null) return unknown('not yet a customer');
    const days = daysBetween(customerSince, asOf);
    return observed(days, `${plan} never reviewed in ${plural(days, 'day')} as a customer`);
  },
};
