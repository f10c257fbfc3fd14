import { daysBetween } from '../../basics/day.ts';
import { plainText, plural } from '../../basics/text.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityBelow } from '../severity.ts';

/** Taking away what somebody works with invites them to look at what else there is. */
export const retirementAhead: Flag = {
  id: 'retirement_ahead',
  category: 'product_issue',
  question: 'Will we soon take away a feature they have?',
  needs: ['releases.at'],

  judge(account, { policy: { retirement_ahead: rule }, isOpen }) {
    const { asOf, nextRetirementOn, nextRetiredFeature, retirementsAhead } = account;
    if (nextRetirementOn === null) return clear;
    const daysLeft = daysBetween(asOf, nextRetirementOn);
    const severity = severityBelow(daysLeft, rule.days_left, isOpen);
    if (severity === null) return clear;

    const feature =
      nextRetiredFeature === null ? 'A feature' : `“${plainText(nextRetiredFeature)}”`;
    const more = retirementsAhead > 1 ? `, the first of ${retirementsAhead}` : '';
    return raised(
      severity,
      `${feature} is retired in ${plural(daysLeft, 'day')}, on ${nextRetirementOn}${more}`,
    );
  },
};
