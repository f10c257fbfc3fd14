import { plainText } from '../../basics/text.ts';
import { figure } from '../figure.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityAbove } from '../severity.ts';

/** A bill that nobody saw coming starts the talk about price, and not the one about value. */
export const overage: Flag = {
  id: 'overage',
  category: 'budget_pressure',
  question: 'Do they use more than they have committed to?',
  needs: ['entitlements.used'],

  judge(account, { policy: { overage: rule }, isOpen }) {
    if (account.entitlementUse === null) return clear;
    const severity = severityAbove(account.entitlementUse, rule.use, isOpen);
    if (severity === null) return clear;

    const { entitlementMetric, entitlementUsed, entitlementCommitted, entitlementEndsOn } = account;
    const metric = entitlementMetric === null ? '' : ` ${plainText(entitlementMetric, 40)}`;
    const until = entitlementEndsOn === null ? '' : `; the period ends on ${entitlementEndsOn}`;
    return raised(
      severity,
      `${figure(entitlementUsed ?? 0)} of ${figure(entitlementCommitted ?? 0)} committed${metric} used (${Math.round(100 * account.entitlementUse)} %)${until}`,
    );
  },
};
