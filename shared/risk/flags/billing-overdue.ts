import { daysBetween } from '../../basics/day.ts';
import { formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityAbove } from '../severity.ts';

/** Who stops paying is in dispute, out of money or on the way out; each wants a talk. */
export const billingOverdue: Flag = {
  id: 'billing_overdue',
  category: 'budget_pressure',
  question: 'Do they owe us money past its date?',
  needs: ['invoices.paid_on'],

  judge(account, { policy: { billing_overdue: rule }, isOpen, currency }) {
    const { asOf, oldestOverdueOn, invoicesOverdue, overdueCents } = account;
    if (oldestOverdueOn === null || overdueCents < rule.least_amount * 100) return clear;
    const days = daysBetween(oldestOverdueOn, asOf);
    const severity = severityAbove(days, rule.days_overdue, isOpen);
    if (severity === null) return clear;
    const since = `${invoicesOverdue > 1 ? ', the oldest' : ''} for ${plural(days, 'day')}`;
    return raised(
      severity,
      `${plural(invoicesOverdue, 'invoice')} overdue${since}: ${formatMoney(overdueCents, currency)}`,
    );
  },
};
