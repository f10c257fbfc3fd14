import { type Measure, observed, unknown } from '../measure.ts';
import { historyOf, tooShort } from '../tenure.ts';
import { DAYS_COMPARED, weeklyUse } from '../weekly-use.ts';

/** People leave a product before they leave a contract: use falls against its own past first. */
export const usageTrend: Measure = {
  id: 'usage_trend',
  question: 'Is the product used as much as it was?',
  needs: ['usage_daily.sessions'],

  judge(account, { since }) {
    if (account.usageRows28d > 0 && account.sessionsKnown28d === 0) {
      return unknown('no sessions recorded on days that are');
    }
    const firstDay = since('usage_daily');
    const use = weeklyUse(account, firstDay);
    if (use === null) {
      const days = historyOf(account, firstDay);
      return unknown(tooShort(account, 'usage_daily', days, DAYS_COMPARED));
    }
    const { recent, usual } = use;
    if (recent === 0) return observed(0, 'no sessions in 28 days');
    if (usual === 0) return observed(1, `${round(recent)} sessions a week after weeks without any`);

    const ratio = recent / usual;
    return observed(ratio, `${round(recent)} sessions a week against ${round(usual)} usual`);
  },
};

const round = (value: number): number => Math.round(value);
