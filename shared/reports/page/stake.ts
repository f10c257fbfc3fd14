import { compareUtf8 } from '../../basics/compare-utf8.ts';
import type { AccountLine } from './report.ts';

/** So many accounts a page holds; the rest is counted and stands in account_health. */
export const MOST_ACCOUNTS = 10_000;

/** Not scored comes before green: what is not known cannot be called safe. */
const RANKS = ['red', 'yellow', 'unscored', 'green'];

type Staked = Pick<AccountLine, 'band' | 'arrCents' | 'accountId'>;

/** Most at stake first: by band, then by ARR, then by id so that nothing is left to chance. */
export const byStake = (a: Staked, b: Staked): number =>
  rankOf(a) - rankOf(b) || b.arrCents - a.arrCents || compareUtf8(a.accountId, b.accountId);

function rankOf({ band }: Staked): number {
  return RANKS.includes(band) ? RANKS.indexOf(band) : RANKS.indexOf('unscored');
}
