import { daysBetween } from '../../basics/day.ts';
import { plainText, plural } from '../../basics/text.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityAbove } from '../severity.ts';

/** The first ninety days decide: who never gets started has nothing to renew. */
export const onboardingStalled: Flag = {
  id: 'onboarding_stalled',
  category: 'value_gap',
  question: 'Is a milestone of their onboarding overdue?',
  needs: ['onboarding_milestones.completed_on'],

  judge(account, { policy: { onboarding_stalled: rule }, isOpen }) {
    const { asOf, customerSince, overdueMilestone, overdueMilestoneOn } = account;
    if (overdueMilestoneOn === null) return clear;
    // A box that nobody ticked years ago stalls nothing.
    if (customerSince !== null && daysBetween(customerSince, asOf) > rule.within_days) return clear;
    const daysOverdue = daysBetween(overdueMilestoneOn, asOf);
    const severity = severityAbove(daysOverdue, rule.days_overdue, isOpen);
    if (severity === null) return clear;

    const milestone =
      overdueMilestone === null ? 'A milestone' : `“${plainText(overdueMilestone)}”`;
    return raised(
      severity,
      `${milestone} is ${plural(daysOverdue, 'day')} overdue (${account.milestonesDone} of ${plural(account.milestonesPlanned, 'milestone')} reached)`,
    );
  },
};
