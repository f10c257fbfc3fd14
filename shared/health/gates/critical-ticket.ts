import { daysBetween } from '../../basics/day.ts';
import type { Gate } from '../gate.ts';

/** An account that has waited a week for something critical is not green, whatever the average says. */
export const criticalTicket: Gate = {
  id: 'critical_ticket',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],
  isOn: (policy) => policy.critical_ticket_days !== null,

  judge({ asOf, oldestCriticalOpenedOn }, { policy }) {
    const mostDays = policy.critical_ticket_days;
    if (mostDays === null || oldestCriticalOpenedOn === null) return null;
    const openDays = daysBetween(oldestCriticalOpenedOn, asOf);
    if (openDays <= mostDays) return null;
    return { cap: 'yellow', reason: `critical ticket open for ${openDays} days` };
  },
};
