import { daysBetween } from '../../../basics/day.ts';
import { formatMoney } from '../../../basics/money.ts';
import { plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';

/** Who has not paid for this year will not sign for the next one. */
export const overdueInvoices: ReadinessItem = {
  id: 'overdue_invoices',
  title: 'No invoice overdue',
  question: 'Have they paid what is due?',
  needs: ['invoices.due_on', 'invoices.paid_on'],

  judge(account, { asOf, policy, currency }) {
    const { oldestOverdueOn, invoicesOverdue, overdueCents, invoicesDue365d } = account;
    if (oldestOverdueOn === null) {
      return invoicesDue365d === 0
        ? unknown('no invoice due in 365 days')
        : done(`nothing overdue, ${plural(invoicesDue365d, 'invoice')} due in 365 days`);
    }
    const overdueDays = daysBetween(oldestOverdueOn, asOf);
    const since = `${invoicesOverdue > 1 ? ', the oldest' : ''} for ${plural(overdueDays, 'day')}`;
    const evidence = `${plural(invoicesOverdue, 'invoice')} overdue${since}: ${formatMoney(overdueCents, currency)}`;
    return overdueDays > policy.overdue_invoices.overdue_days ? missing(evidence) : done(evidence);
  },
};
