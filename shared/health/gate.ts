import type { MeasureId } from '../config/default-model.ts';
import type { Model, Stage } from '../config/model.ts';
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
  /** Whether the config wants it asked at all. */
  readonly isOn: (policy: Model['gates']) => boolean;
  readonly judge: (account: AccountRow, context: GateContext) => Cap | null;
}

/** What a gate may ask beyond the account itself. */
export interface GateContext {
  readonly policy: Model['gates'];
  /** Points that a measure was given, 0 to 100; null when it is unknown or not weighed. */
  pointsOf(measure: MeasureId): number | null;
  /** Whether accounts of its segment are to have agreed outcomes. */
  readonly expectsOutcomes: boolean;
  readonly stage: Stage;
}
