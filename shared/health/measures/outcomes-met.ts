import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** They bought an outcome, not a login: whoever has reached it can defend the price. */
export const outcomesMet: Measure = {
  id: 'outcomes_met',
  question: 'Do they reach what they bought it for?',
  needs: ['success_plans.actual', 'success_plans.status'],

  judge({ objectives, objectivesMeasured, objectivesMet, outcomeProgress }) {
    if (objectives === 0) return unknown('no objective agreed');
    if (outcomeProgress === null) {
      return unknown(`${plural(objectives, 'objective')} agreed, none measured`);
    }
    return observed(
      outcomeProgress,
      `${objectivesMet} of ${plural(objectives, 'objective')} met, ${objectivesMeasured} measured at ${Math.round(outcomeProgress * 100)} % of target`,
    );
  },
};
