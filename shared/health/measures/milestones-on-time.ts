import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** How an account was brought in shows in its first renewal. */
export const milestonesOnTime: Measure = {
  id: 'milestones_on_time',
  question: 'Were they brought in on time?',
  needs: ['onboarding_milestones.completed_on'],

  judge({ milestonesPlanned, milestonesDue, milestonesOnTime: onTime }) {
    if (milestonesPlanned === 0) return unknown('no onboarding milestone planned');
    if (milestonesDue === 0) {
      return unknown(`${plural(milestonesPlanned, 'onboarding milestone')} planned, none due yet`);
    }
    return observed(
      onTime / milestonesDue,
      `${onTime} of ${plural(milestonesDue, 'onboarding milestone')} reached on time`,
    );
  },
};
