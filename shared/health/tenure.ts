import { daysBetween } from '../basics/day.ts';
import type { AccountRow } from '../features/account-row.ts';

/** Days since the first contract; 0 before there is one. What is too new to judge is judged by it. */
export const tenureOf = ({ customerSince, asOf }: Pick<AccountRow, 'customerSince' | 'asOf'>) =>
  customerSince === null ? 0 : daysBetween(customerSince, asOf);
