import type { AccountRow } from '../features/account-row.ts';

/** An account with a live contract line; others are listed, and neither scored nor counted. */
export const isCustomer = ({ liveLines }: Pick<AccountRow, 'liveLines'>): boolean => liveLines > 0;
