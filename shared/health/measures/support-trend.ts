import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { historyOf, tooShort } from '../tenure.ts';

const DAYS_COMPARED = 112;

/** Trouble shows as more tickets than this account usually has, whatever its size. */
export const supportTrend: Measure = {
  id: 'support_trend',
  question: 'Do they need no more help than usual?',
  needs: ['support_tickets.opened_at'],

  judge(account, { since }) {
    const { ticketsOpened28d, ticketsOpenedPrior84d } = account;
    const days = historyOf(account, since('support_tickets'));
    if (days < DAYS_COMPARED) {
      return unknown(tooShort(account, 'support_tickets', days, DAYS_COMPARED));
    }
    const usual = ticketsOpenedPrior84d / 3;
    // One added to both sides keeps a first or second ticket from looking like a landslide.
    const ratio = (ticketsOpened28d + 1) / (usual + 1);

    return observed(
      ratio,
      `${plural(ticketsOpened28d, 'ticket')} in 28 days against ${usual.toFixed(1)} usual`,
    );
  },
};
