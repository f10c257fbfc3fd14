import { daysBetween } from '../../basics/day.ts';
import type { Gate } from '../gate.ts';

/** An account that has waited a week for something critical is not green, whatever the average says. */
export const criticalTicket: Gate = {
  id: 'critical_ticket',
  needs: ['support_tickets.severity', 'support_tickets.closed_at'],

  judge({ asOf, oldestCriticalOpenedOn }, { critical_ticket_days }) {
    if (critical_ticket_days === null || oldestCriticalOpenedOn === null) return null;
    const openDays = daysBetween(oldestCriticalOpenedOn, asOf);
    if (openDays <= critical_ticket_days) return null;
    return { cap: 'yellow', reason: `critical ticket open for ${openDays} days` };
  },
};
