import { plural } from '../../basics/text.ts';
import { historyOf, tenureOf, tooShort } from '../../health/tenure.ts';
import { clear, type Flag, raised, unknown } from '../flag.ts';
import { severityAbove } from '../severity.ts';

const DAYS_COMPARED = 112;

/** Many small troubles wear a customer out as surely as one big one. */
export const supportRising: Flag = {
  id: 'support_rising',
  category: 'product_issue',
  question: 'Do they need far more help than usual?',
  needs: ['support_tickets.opened_at'],

  judge(account, { policy: { support_rising: rule }, isOpen, since }) {
    const { ticketsOpened28d, ticketsOpenedPrior84d } = account;
    if (ticketsOpened28d < rule.least_tickets && !isOpen) return clear;
    if (tenureOf(account) < DAYS_COMPARED) return tooNew;
    const days = historyOf(account, since('support_tickets'));
    if (days < DAYS_COMPARED) {
      return unknown(tooShort(account, 'support_tickets', days, DAYS_COMPARED));
    }
    const usual = ticketsOpenedPrior84d / 3;
    // One added to both sides keeps a first or second ticket from looking like a landslide.
    const severity = severityAbove((ticketsOpened28d + 1) / (usual + 1), rule.ratio, isOpen);
    if (severity === null) return clear;
    return raised(
      severity,
      `${plural(ticketsOpened28d, 'ticket')} in 28 days against ${usual.toFixed(1)} usual`,
    );
  },
};

const tooNew = unknown(`customer for less than ${DAYS_COMPARED} days`);
