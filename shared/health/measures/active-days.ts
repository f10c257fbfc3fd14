import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const WINDOW_DAYS = 28;
const FEWEST_DAYS = 7;

/** A product that is part of the week is missed when it goes; one opened twice a month is not. */
export const activeDays: Measure = {
  id: 'active_days',
  question: 'Is the product part of their working days?',
  needs: ['usage_daily.sessions'],

  judge({ asOf, customerSince, activeDays28d, usageRows28d, sessionsKnown28d }) {
    if (usageRows28d > 0 && sessionsKnown28d === 0) {
      return unknown('no sessions recorded on days that are');
    }
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < FEWEST_DAYS) {
      return unknown(`customer for ${tenureDays} days; a habit needs ${FEWEST_DAYS}`);
    }
    // Days before the first contract are not silence, and those of a trial no extra credit.
    const days = Math.min(WINDOW_DAYS, tenureDays);
    const active = Math.min(days, activeDays28d);

    return observed((active * WINDOW_DAYS) / days, `used on ${active} of ${days} days`);
  },
};
