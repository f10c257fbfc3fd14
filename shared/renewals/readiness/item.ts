import type { Day } from '../../basics/day.ts';
import type { ReadinessItemId, ReadinessPolicy } from '../../config/readiness.ts';
import type { AccountRow } from '../../features/account-row.ts';
import type { Need } from '../../health/answerable.ts';

/** What is known of one item, with the numbers that say so or the reason that nothing is. */
export interface Readiness {
  readonly status: 'done' | 'missing' | 'unknown';
  readonly evidence: string;
}

/** What an item may ask beyond the account itself. */
export interface ReadinessContext {
  readonly asOf: Day;
  readonly policy: ReadinessPolicy['items'];
  /** Reporting currency, for the evidence. */
  readonly currency: string;
  /** Whether accounts of its segment are to have agreed outcomes. */
  readonly expectsOutcomes: boolean;
  /** The last day on which the customer can say no. */
  readonly decisionOn: Day;
  readonly termEnd: Day;
}

/** One line of the list before a renewal: done, missing, or not known. */
export interface ReadinessItem {
  readonly id: ReadinessItemId;
  readonly title: string;
  /** Asked so that "yes" is ready. */
  readonly question: string;
  /** Columns without which there is no answer; when one is missing the item is unknown. */
  readonly needs: readonly Need[];
  readonly judge: (account: AccountRow, context: ReadinessContext) => Readiness;
}

export const done = (evidence: string): Readiness => ({ status: 'done', evidence });

export const missing = (evidence: string): Readiness => ({ status: 'missing', evidence });

export const unknown = (evidence: string): Readiness => ({ status: 'unknown', evidence });
