import { plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';
import { doneWithin } from '../within.ts';

/** Whoever defends the renewal inside the customer needs the outcomes in figures. */
export const outcomeRecap: ReadinessItem = {
  id: 'outcome_recap',
  title: 'Outcome recap present',
  question: 'Are their outcomes measured, and have they been gone through with them?',
  needs: [['success_plans.actual', 'success_plans.status'], 'success_plans.reviewed_on'],

  judge(account, { asOf, policy, expectsOutcomes }) {
    const { objectives, objectivesMet, outcomeProgress, planReviewedOn } = account;
    if (objectives === 0) {
      return expectsOutcomes
        ? missing('no objective agreed')
        : unknown('no objective agreed, and none is expected of its segment');
    }
    if (outcomeProgress === null) {
      return missing(`${plural(objectives, 'objective')} agreed, none measured`);
    }
    const progress = Math.round(outcomeProgress * 100);
    const outcomes = `${objectivesMet} of ${plural(objectives, 'objective')} met, at ${progress} % of target`;
    if (planReviewedOn === null) return missing(`${outcomes}; never gone through with them`);
    const withinDays = policy.outcome_recap.within_days;
    const review = doneWithin({ what: 'review of the plan', on: planReviewedOn, asOf, withinDays });
    const evidence = `${outcomes}; ${review.evidence}`;
    return review.status === 'done' ? done(evidence) : missing(evidence);
  },
};
