import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const DAYS_COMPARED = 112;

/** Trouble shows as more tickets than this account usually has, whatever its size. */
export const supportTrend: Measure = {
  id: 'support_trend',
  question: 'Do they need no more help than usual?',
  needs: ['support_tickets.opened_at'],

  judge({ asOf, customerSince, ticketsOpened28d, ticketsOpenedPrior84d }) {
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < DAYS_COMPARED) {
      return unknown(`customer for ${tenureDays} days; the trend needs ${DAYS_COMPARED}`);
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
