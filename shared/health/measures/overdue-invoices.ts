import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** An invoice left lying is often the first thing a customer says about the value. */
export const overdueInvoices: Measure = {
  id: 'overdue_invoices',
  question: 'Do they pay what is due?',
  needs: ['invoices.due_on', 'invoices.paid_on'],

  judge({ asOf, invoicesOverdue, oldestOverdueOn, invoicesDue365d }) {
    if (oldestOverdueOn !== null) {
      const days = daysBetween(oldestOverdueOn, asOf);
      return observed(
        days,
        `${plural(invoicesOverdue, 'invoice')} overdue, the oldest for ${plural(days, 'day')}`,
      );
    }
    if (invoicesDue365d === 0) return unknown('no invoice due in 365 days');
    return observed(0, `nothing overdue, ${plural(invoicesDue365d, 'invoice')} due in 365 days`);
  },
};
