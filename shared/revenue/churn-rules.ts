import { formatMoney } from '../basics/money.ts';
import type { OpenFlag, QueueCandidate, QueueRule } from './queue-candidate.ts';
import { standing, words } from './queue-words.ts';

/** Notice can be taken back to the last day, and never is where nobody asks; see docs/risk.md. */
export const underNotice: QueueRule = (account, { currency }) => {
  const { arrCents, underNoticeCents } = account;
  if (underNoticeCents <= 0) return null;
  const money = (cents: number) => formatMoney(cents, currency);
  const part = Math.min(underNoticeCents, arrCents);
  const isAllInDanger = account.band === 'red' || criticalOf(account) !== undefined;
  const rest = isAllInDanger && part < arrCents ? ', and the rest is in danger too' : '';
  return {
    queue: 'churn',
    atStakeCents: isAllInDanger ? arrCents : part,
    say: () => ({
      why: `Notice given on ${money(part)} of ${money(arrCents)} ARR${rest}`,
      doNext: 'Ask what would keep them before the notice takes effect',
      reason: null,
    }),
  };
};

/** What is critical is always told, whatever the score says; see docs/risk.md. */
export const criticalFlag: QueueRule = (account, { currency }) => {
  const flag = criticalOf(account);
  if (flag === undefined) return null;
  return {
    queue: 'churn',
    atStakeCents: account.arrCents,
    say: () => ({
      why: `${flag.evidence}; ${formatMoney(account.arrCents, currency)} ARR is at stake`,
      doNext: `Start the play against ${words(flag.flag)}`,
      reason: null,
    }),
  };
};

/** Red is where accounts are lost from; see docs/scoring.md. */
export const redBand: QueueRule = (account, { currency }) => {
  if (account.band !== 'red') return null;
  const { arrCents, topDriver } = account;
  const driver = topDriver === null ? '' : `, most of it for ${words(topDriver)}`;
  return {
    queue: 'churn',
    atStakeCents: arrCents,
    say: () => ({
      why: `${standing(account)}${driver}; ${formatMoney(arrCents, currency)} ARR is at stake`,
      doNext: `Agree a success plan${topDriver === null ? '' : ` on ${words(topDriver)}`}`,
      reason: null,
    }),
  };
};

/** What is held is somebody's already. */
const criticalOf = ({ flags }: QueueCandidate): OpenFlag | undefined =>
  flags.find(({ severity, held }) => severity === 'critical' && held === null);
