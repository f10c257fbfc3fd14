import { daysBetween } from '../../basics/day.ts';
import { plainText, plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** A step that is stuck holds up all the value behind it. */
export const milestonesOverdue: Measure = {
  id: 'milestones_overdue',
  question: 'Is onboarding moving?',
  needs: ['onboarding_milestones.completed_on'],

  judge(account) {
    const { asOf, milestonesPlanned, milestonesDone, milestonesOverdue: overdue } = account;
    if (milestonesPlanned === 0) return unknown('no onboarding milestone planned');
    if (overdue === 0) {
      const planned = plural(milestonesPlanned, 'onboarding milestone');
      return observed(0, `${milestonesDone} of ${planned} reached, none overdue`);
    }
    const { overdueMilestone: name, overdueMilestoneOn: dueOn } = account;
    const longest =
      name === null || dueOn === null
        ? ''
        : `, "${plainText(name, 40)}" for ${plural(daysBetween(dueOn, asOf), 'day')}`;
    return observed(overdue, `${plural(overdue, 'onboarding milestone')} overdue${longest}`);
  },
};
