import { type Measure, observed, unknown } from '../measure.ts';
import { historyOf, tooShort } from '../tenure.ts';

const RECENT_DAYS = 28;
const EARLIER_DAYS = 56;
const FEWEST_DAYS = 56;

/** A few who stay can keep the sessions up; that others have stopped coming shows in their number. */
export const userTrend: Measure = {
  id: 'user_trend',
  question: 'Do as many people use it as did?',
  needs: ['usage_daily.active_users'],

  judge(account, { since }) {
    const { usageRows28d, activeUsersPeak28d, userDays28d } = account;
    if (usageRows28d > 0 && activeUsersPeak28d === null) {
      return unknown('no active users recorded on days that are');
    }
    // Days before the first contract or the feed are not silence; days since then without use are.
    const days = historyOf(account, since('usage_daily'));
    if (days < FEWEST_DAYS) {
      return unknown(tooShort(account, 'usage_daily', days, FEWEST_DAYS));
    }
    const recent = userDays28d / RECENT_DAYS;
    const usual = account.userDaysPrior56d / Math.min(EARLIER_DAYS, days - RECENT_DAYS);
    if (recent === 0) return observed(0, 'nobody active in 28 days');
    if (usual === 0) return observed(1, `${recent.toFixed(1)} users a day after weeks without any`);

    return observed(
      recent / usual,
      `${recent.toFixed(1)} users a day against ${usual.toFixed(1)} before`,
    );
  },
};
