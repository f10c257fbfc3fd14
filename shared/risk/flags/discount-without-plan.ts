import { plural } from '../../basics/text.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityAbove } from '../severity.ts';

/** A discount to make somebody stay only puts the end off, unless a plan makes them succeed. */
export const discountWithoutPlan: Flag = {
  id: 'discount_without_plan',
  category: 'budget_pressure',
  question: 'Was a concession given without a success plan?',
  needs: ['plays.concession', 'plays.success_plan_id'],

  judge(account, { policy: { discount_without_plan: rule }, isOpen }) {
    const { concessionsWithoutPlan180d, latestConcessionOn } = account;
    if (concessionsWithoutPlan180d === 0) return clear;
    const severity = severityAbove(concessionsWithoutPlan180d, rule.count, isOpen);
    if (severity === null) return clear;
    const latest = latestConcessionOn === null ? '' : `, the latest on ${latestConcessionOn}`;
    return raised(
      severity,
      `${plural(concessionsWithoutPlan180d, 'concession')} in 180 days without a success plan${latest}`,
    );
  },
};
