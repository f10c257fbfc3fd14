import type { Cents } from '../basics/money.ts';
import { assert } from '../basics/problem.ts';
import { severityRank } from './severity.ts';
import type { RiskFlag } from './triage.ts';

/**
 * Of each flag a code and the ARR of its account, one after the other. Thousands of owners have some
 * flags, so no text is kept and no object: what is told of a flag stands in its row.
 */
export type KeptFlags = number[];

/** A code is urgency, row of the first flag of the account, and place of the flag after that one. */
const FLAGS_OF_ACCOUNT = 2 ** 5;
const URGENCY = 2 ** 45;

/** `account` is the row of the first flag of its account, `at` which flag after that one it is. */
export const codeOf = ({ severity, state }: RiskFlag, account: number, at: number): number => {
  assert(at < FLAGS_OF_ACCOUNT, 'a code has room for the flags of an account');
  return (
    (2 * severityRank[severity] + (state === 'ongoing' ? 1 : 0)) * URGENCY +
    (account * FLAGS_OF_ACCOUNT + at)
  );
};

const accountOf = (code: number): number => Math.floor((code % URGENCY) / FLAGS_OF_ACCOUNT);
export const rowOf = (code: number): number => accountOf(code) + (code % FLAGS_OF_ACCOUNT);

/** The same flags where so many rows stand before them. */
export const movedBy = (rows: number, kept: KeptFlags): KeptFlags =>
  kept.map((value, at) => (at % 2 === 0 ? value + rows * FLAGS_OF_ACCOUNT : value));

/** Where a flag belongs in the order, by halving: an owner of everything has very many. */
export const placeFor = (kept: KeptFlags, code: number, arrCents: Cents): number => {
  let [low, high] = [0, kept.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = 2 * middle;
    if (isBefore(code, arrCents, kept[place] as number, kept[place + 1] as Cents)) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
};

/** Two lists in order, as one. */
export const merged = (first: KeptFlags, second: KeptFlags): KeptFlags => {
  const both: KeptFlags = [];
  let [at, next] = [0, 0];
  while (at < first.length || next < second.length) {
    const isSecond =
      at === first.length ||
      (next < second.length &&
        isBefore(
          second[next] as number,
          second[next + 1] as Cents,
          first[at] as number,
          first[at + 1] as Cents,
        ));
    if (isSecond) both.push(second[next++] as number, second[next++] as Cents);
    else both.push(first[at++] as number, first[at++] as Cents);
  }
  return both;
};

/** ARR of the accounts of flags, each counted once. */
export const arrOf = (flags: KeptFlags): Cents => {
  const accounts = new Map<number, Cents>();
  for (let at = 0; at < flags.length; at += 2) {
    accounts.set(accountOf(flags[at] as number), flags[at + 1] as Cents);
  }
  return [...accounts.values()].reduce((sum, cents) => sum + cents, 0);
};

/**
 * The worst first. Of the equally bad, what has just been raised; then the most ARR; then in the
 * order of the rows, so that it is the same in every run.
 */
function isBefore(a: number, arrOfA: Cents, b: number, arrOfB: Cents): boolean {
  const urgency = Math.floor(a / URGENCY) - Math.floor(b / URGENCY);
  if (urgency !== 0) return urgency < 0;
  return arrOfA === arrOfB ? a < b : arrOfA > arrOfB;
}
