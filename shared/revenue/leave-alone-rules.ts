import { daysBetween } from '../basics/day.ts';
import { formatMoney } from '../basics/money.ts';
import { plural } from '../basics/text.ts';
import type { QueueRule } from './queue-candidate.ts';
import { standing, words } from './queue-words.ts';

/** Further from its renewal than this, an account that mends by itself is given the time. */
const FAR_FROM_RENEWAL_DAYS = 180;

const NOTHING = 'Nothing this week';

/**
 * A second pair of hands does not help where a play runs, and what just came back may go again.
 * Source: the question what can be deprioritised, Impact Weekly.
 */
export const allHeld: QueueRule = ({ flags, arrCents }, { currency }) => {
  if (flags.length === 0 || flags.some(({ held }) => held === null)) return null;
  return {
    queue: 'leave_alone',
    atStakeCents: arrCents,
    say: () => ({
      why: `${formatMoney(arrCents, currency)} ARR with ${plural(flags.length, 'open flag')}, none of them to be told`,
      doNext: NOTHING,
      reason: flags.map(({ flag, held }) => `${words(flag)}: ${held}`).join('; '),
    }),
  };
};

/** It mends already, and there is time to see whether it does. Source: as above. */
export const onTheMend: QueueRule = (account, { asOf, currency }) => {
  const { band, trend, renewsOn, arrCents } = account;
  if ((band !== 'red' && band !== 'yellow') || trend !== 'improving' || !renewsOn) return null;
  const days = daysBetween(asOf, renewsOn);
  if (days <= FAR_FROM_RENEWAL_DAYS) return null;
  return {
    queue: 'leave_alone',
    atStakeCents: arrCents,
    say: () => ({
      why: `${standing(account)} on ${formatMoney(arrCents, currency)} ARR, and improving`,
      doNext: NOTHING,
      reason: `improving, and ${days} days to the renewal on ${renewsOn}`,
    }),
  };
};
