import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** Whoever talks with us tells us what is wrong while it can be mended. */
export const contactRecency: Measure = {
  id: 'contact_recency',
  question: 'Do we talk with them as often as we mean to?',
  needs: ['touchpoints.kind'],

  judge({ asOf, customerSince, lastTouchOn }, { touchDays }) {
    // Who was never talked with has been waiting since the first contract: silence, not a gap.
    const since = lastTouchOn ?? customerSince;
    if (since === null) return unknown('not yet a customer');
    const days = daysBetween(since, asOf);
    const waited =
      lastTouchOn === null
        ? `no call or meeting in ${plural(days, 'day')} as a customer`
        : `last call or meeting ${plural(days, 'day')} ago`;
    return observed(days / touchDays, `${waited}, one every ${touchDays} is meant`);
  },
};
