import type { MeasureId } from '../config/default-model.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Need } from './answerable.ts';
import type { Since } from './tenure.ts';

/** What a measure makes of an account: a value with its evidence, or why there is none. */
export type Verdict =
  | { readonly status: 'observed'; readonly value: number; readonly evidence: string }
  | { readonly status: 'unknown'; readonly reason: string };

/** One question put to an account. The curve in the config turns its value into points. */
export interface Measure {
  readonly id: MeasureId;
  /** Asked so that "yes" is good. */
  readonly question: string;
  /** Columns without which there is no answer; when one is missing the rule is not asked. */
  readonly needs: readonly Need[];
  readonly judge: (account: AccountRow, context: MeasureContext) => Verdict;
}

/** What the segment of an account and the sources of the run add to the question. */
export interface MeasureContext {
  /** Days between two talks with a customer of this segment, as its coverage model has it. */
  readonly touchDays: number;
  /** First day of a source; null when it is not measured. */
  readonly since: Since;
}

export const observed = (value: number, evidence: string): Verdict => ({
  status: 'observed',
  value,
  evidence,
});

export const unknown = (reason: string): Verdict => ({ status: 'unknown', reason });
