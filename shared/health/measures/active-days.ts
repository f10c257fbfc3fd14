import { type Measure, observed, unknown } from '../measure.ts';

/** A product that is part of the week is missed when it goes; one opened twice a month is not. */
export const activeDays: Measure = {
  id: 'active_days',
  question: 'Is the product part of their working days?',
  needs: ['usage_daily.sessions'],

  judge({ activeDays28d, usageRows28d, sessionsKnown28d }) {
    if (usageRows28d > 0 && sessionsKnown28d === 0) {
      return unknown('no sessions recorded on days that are');
    }
    return observed(activeDays28d, `used on ${activeDays28d} of 28 days`);
  },
};
