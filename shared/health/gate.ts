import type { Model } from '../config/model.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Need } from './answerable.ts';

/** The highest band an account may have, and why. */
export interface Cap {
  readonly cap: 'yellow' | 'red';
  readonly reason: string;
}

/** A fact that no average may hide: it caps the band, and the receipt says by how much. */
export interface Gate {
  readonly id: string;
  readonly needs: readonly Need[];
  readonly judge: (account: AccountRow, policy: GatePolicy) => Cap | null;
}

export type GatePolicy = Model['gates'];
