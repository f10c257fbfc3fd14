import { historyOf, tenureOf, tooShort } from '../../health/tenure.ts';
import { DAYS_COMPARED, RECENT_WEEKS, weeklyUse } from '../../health/weekly-use.ts';
import { figure } from '../figure.ts';
import { clear, type Flag, raised, unknown } from '../flag.ts';
import { severityBelow } from '../severity.ts';

/** People leave a product before they leave a contract, and use says so months ahead. */
export const usageDecline: Flag = {
  id: 'usage_decline',
  category: 'value_gap',
  question: 'Is the product used less than it was?',
  needs: ['usage_daily.sessions'],

  judge(account, { policy: { usage_decline: rule }, isOpen, since }) {
    if (account.usageRows28d > 0 && account.sessionsKnown28d === 0) return notRecorded;
    if (tenureOf(account) < DAYS_COMPARED) return tooNew;
    const firstDay = since('usage_daily');
    const use = weeklyUse(account, firstDay);
    if (use === null) {
      const days = historyOf(account, firstDay);
      return unknown(tooShort(account, 'usage_daily', days, DAYS_COMPARED));
    }
    const { recent, usual, earlierSessions, earlierWeeks } = use;
    if (recent === 0 && earlierSessions === 0) {
      return raised(rule.unused, `No sessions in ${RECENT_WEEKS + earlierWeeks} weeks`);
    }
    // A fall from five sessions to two is chance; a fall to none is not.
    if (recent > 0 && usual < rule.least_usual && !isOpen) return clear;

    const severity = severityBelow(recent === 0 ? 0 : recent / usual, rule.ratio, isOpen);
    if (severity === null) return clear;
    return raised(
      severity,
      recent === 0
        ? `No sessions in 28 days, ${figure(earlierSessions)} in the ${earlierWeeks} weeks before`
        : `Sessions fell to ${figure(recent)} a week against ${figure(usual)} usual (−${Math.round(100 - (100 * recent) / usual)} %)`,
    );
  },
};

const notRecorded = unknown('no sessions recorded on days that are');
const tooNew = unknown(`customer for less than ${DAYS_COMPARED} days`);
