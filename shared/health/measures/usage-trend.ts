import { daysBetween } from '../../basics/day.ts';
import { median } from '../../basics/ratio.ts';
import { type Measure, observed, unknown } from '../measure.ts';

const RECENT_WEEKS = 4;
const FEWEST_EARLIER_WEEKS = 4;

/** People leave a product before they leave a contract: use falls against its own past first. */
export const usageTrend: Measure = {
  id: 'usage_trend',
  question: 'Is the product used as much as it was?',
  needs: ['usage_daily.sessions'],

  judge(account) {
    if (account.usageRows28d > 0 && account.sessionsKnown84d === 0) {
      return unknown('no sessions recorded on days that are');
    }
    const weeks = [
      account.sessionsWeek1,
      account.sessionsWeek2,
      account.sessionsWeek3,
      account.sessionsWeek4,
      account.sessionsWeek5,
      account.sessionsWeek6,
      account.sessionsWeek7,
      account.sessionsWeek8,
      account.sessionsWeek9,
      account.sessionsWeek10,
      account.sessionsWeek11,
      account.sessionsWeek12,
    ];
    // Weeks before the first contract are not silence; weeks since then without use are.
    const tenureDays =
      account.customerSince === null ? 0 : daysBetween(account.customerSince, account.asOf);
    const tenureWeeks = Math.min(weeks.length, Math.floor(tenureDays / 7));
    if (tenureWeeks < RECENT_WEEKS + FEWEST_EARLIER_WEEKS) {
      return unknown(`customer for ${tenureDays} days; the trend needs 56`);
    }
    const recent = sum(weeks.slice(0, RECENT_WEEKS)) / RECENT_WEEKS;
    const usual = median(weeks.slice(RECENT_WEEKS, tenureWeeks)) ?? 0;
    if (recent === 0) return observed(0, 'no sessions in 28 days');
    if (usual === 0) return observed(1, `${round(recent)} sessions a week after weeks without any`);

    const ratio = recent / usual;
    return observed(ratio, `${round(recent)} sessions a week against ${round(usual)} usual`);
  },
};

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const round = (value: number): number => Math.round(value);
