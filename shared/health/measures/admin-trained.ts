import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const FIRST_COURSE_DAYS = 30;

/** An admin who knows the product keeps it set up for everybody else. */
export const adminTrained: Measure = {
  id: 'admin_trained',
  question: 'Has one of their admins been trained?',
  needs: ['enablement.completed_on', 'enablement.role'],

  judge({ asOf, customerSince, adminCompletions365d, completions365d }) {
    const completed = plural(completions365d, 'course');
    if (adminCompletions365d > 0) {
      return observed(
        adminCompletions365d,
        `${adminCompletions365d} of ${completed} in 365 days completed by an admin`,
      );
    }
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < FIRST_COURSE_DAYS) {
      return unknown(`customer for ${tenureDays} days; no admin has completed a course yet`);
    }
    return observed(0, `none of ${completed} in 365 days completed by an admin`);
  },
};
