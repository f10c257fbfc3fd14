import { formatMoney } from '../basics/money.ts';
import { criticalFlag, redBand, underNotice } from './churn-rules.ts';
import { allHeld, onTheMend } from './leave-alone-rules.ts';
import type { OpenFlag, QueueCandidate, QueueRule } from './queue-candidate.ts';
import { percent } from './queue-words.ts';

/** Below this share of paid seats in use a buyer cuts at renewal; seat_use scores 55 there. */
const MUCH_LESS_THAN_PAID = 0.6;
/** From this share of paid seats in use on, more people means more seats. */
const NEARLY_ALL_SEATS = 0.9;
/** Assumed: who has run out of room buys a tenth more. */
const EXPANSION_SHARE = 0.1;
/** Assumed: falling use puts a quarter of the ARR at stake where no seats tell what is unused. */
const FALLING_USE_SHARE = 0.25;

/** The first rule that knows the account places it; none does where nothing is to be done. */
export const verdictOf: QueueRule = (account, scope) => {
  if (account.arrCents <= 0) return null;
  for (const rule of RULES) {
    const verdict = rule(account, scope);
    if (verdict !== null) return verdict;
  }
  return null;
};

/**
 * Who shrank, or uses less than it pays for, is the next to shrink, and a contraction can be turned
 * into an expansion. Source: why to focus on contraction, Impact Weekly.
 */
const shrinking: QueueRule = (account, { currency }) => {
  const { arrCents, contractedCents, seatUse } = account;
  const falling = heard(account, 'usage_decline');
  const isUnderUsed = seatUse !== null && seatUse < MUCH_LESS_THAN_PAID;
  if (contractedCents <= 0 && !isUnderUsed && falling === undefined) return null;
  const unused = unusedCents(account, falling);
  const money = (cents: number) => formatMoney(cents, currency);
  return {
    queue: 'contraction',
    atStakeCents: Math.min(arrCents, Math.max(unused, contractedCents)),
    say: () => ({
      why: [
        ...(contractedCents > 0 ? [`Shrank by ${money(contractedCents)} in 12 months`] : []),
        ...(falling === undefined ? [] : [falling.evidence]),
        ...(seatUse === null ? [] : [`${percent(seatUse)} of paid seats in use`]),
        `${money(arrCents)} ARR`,
      ].join('; '),
      doNext:
        isUnderUsed || falling !== undefined
          ? 'Bring what they pay for into use'
          : 'Ask how their goals have changed',
      reason: null,
    }),
  };
};

/** Who succeeds and has run out of room spends more. Source: what drives NRR, Impact Weekly. */
const growing: QueueRule = (account, { currency }) => {
  const { arrCents, band, seatUse } = account;
  const overage = heard(account, 'overage');
  const isFull = seatUse !== null && seatUse >= NEARLY_ALL_SEATS;
  if (band !== 'green' || (!isFull && overage === undefined)) return null;
  const more = Math.round(arrCents * EXPANSION_SHARE);
  return {
    queue: 'expansion',
    atStakeCents: more,
    say: () => ({
      why: [
        ...(isFull ? [`${percent(seatUse)} of the seats in use`] : []),
        ...(overage === undefined ? [] : [overage.evidence]),
        `${percent(EXPANSION_SHARE)} more would bring ${formatMoney(more, currency)}`,
      ].join('; '),
      doNext: isFull ? 'Propose more seats' : 'Propose a larger commitment',
      reason: null,
    }),
  };
};

/** In the order in which they have their say, so that an account stands in one queue. */
const RULES: readonly QueueRule[] = [
  underNotice,
  criticalFlag,
  allHeld,
  onTheMend,
  redBand,
  shrinking,
  growing,
];

/** What is held is somebody's already. */
const heard = ({ flags }: QueueCandidate, id: string): OpenFlag | undefined =>
  flags.find(({ flag, held }) => flag === id && held === null);

/** ARR paid for what nobody uses. */
function unusedCents({ arrCents, seatUse }: QueueCandidate, falling: OpenFlag | undefined): number {
  if (seatUse !== null) return Math.round(arrCents * Math.max(0, 1 - seatUse));
  if (falling === undefined) return 0;
  return Math.round(arrCents * FALLING_USE_SHARE);
}
