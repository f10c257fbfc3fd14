import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const FIRST_COURSE_DAYS = 30;

/** People who were never shown how use little of it, and ask for less of it. */
export const trainingRecent: Measure = {
  id: 'training_recent',
  question: 'Do their people keep learning it?',
  needs: ['enablement.completed_on'],

  judge({ asOf, customerSince, completions365d, lastCompletionOn }) {
    if (completions365d > 0) {
      return observed(
        completions365d,
        `${plural(completions365d, 'course')} completed in 365 days`,
      );
    }
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < FIRST_COURSE_DAYS) {
      return unknown(`customer for ${tenureDays} days; nobody has completed a course yet`);
    }
    return observed(
      0,
      lastCompletionOn === null
        ? `no course ever completed in ${plural(tenureDays, 'day')} as a customer`
        : `no course completed in 365 days, the last on ${lastCompletionOn}`,
    );
  },
};
