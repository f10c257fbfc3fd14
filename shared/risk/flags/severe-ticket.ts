import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import type { RiskPolicy } from '../../config/risk.ts';
import type { Severity } from '../../config/risk-fields.ts';
import { clear, type Flag, raised, unknown } from '../flag.ts';

/** While something severe is broken nobody talks about value, and after a week about nothing else. */
export const severeTicket: Flag = {
  id: 'severe_ticket',
  category: 'product_issue',
  question: 'Is something severe broken for them?',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],

  judge(account, { policy: { severe_ticket: rule } }) {
    const { severeTicketsOpen, escalationsOpen, oldestCriticalOpenedOn } = account;
    if (severeTicketsOpen === 0 && escalationsOpen === 0) {
      return account.unratedTicketsOpen > 0 ? unrated : clear;
    }
    const criticalDays =
      oldestCriticalOpenedOn === null ? null : daysBetween(oldestCriticalOpenedOn, account.asOf);
    const facts = [
      severeTicketsOpen > 0 && `${plural(severeTicketsOpen, 'critical or high ticket')} open`,
      criticalDays !== null && `the oldest critical one for ${plural(criticalDays, 'day')}`,
      escalationsOpen > 0 && `${plural(escalationsOpen, 'open ticket')} escalated`,
    ];
    const tickets = Math.max(severeTicketsOpen, escalationsOpen);
    return raised(severityOf(criticalDays, tickets, rule), facts.filter(Boolean).join(', '));
  },
};

function severityOf(
  criticalDays: number | null,
  tickets: number,
  rule: RiskPolicy['flags']['severe_ticket'],
): Severity {
  if (criticalDays === null) return tickets >= rule.high_count ? 'high' : 'medium';
  return criticalDays >= (rule.critical_days ?? Number.POSITIVE_INFINITY) ? 'critical' : 'high';
}

const unrated = unknown('open tickets without a severity');
