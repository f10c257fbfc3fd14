import type { Cents } from '../basics/money.ts';

/** A count with the ARR behind it, while rows go by. */
export interface ArrSum {
  accounts: number;
  arr: Cents;
}

export const arrSum = (): ArrSum => ({ accounts: 0, arr: 0 });

/** Counts one more. */
export const addArr = (sum: ArrSum, arr: Cents): void => {
  sum.accounts += 1;
  sum.arr += arr;
};
