import type { MeasureId } from '../config/default-model.ts';
import type { Stage } from '../config/model.ts';
import type { RiskPolicy } from '../config/risk.ts';
import type { Severity } from '../config/risk-fields.ts';
import type { FlagId } from '../config/risk-flags.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Need } from '../health/answerable.ts';
import type { Band } from '../health/band.ts';
import type { Since } from '../health/tenure.ts';

/** What kind of trouble a flag speaks of: who must help depends on it. */
export type Category =
  | 'value_gap'
  | 'champion_turnover'
  | 'product_issue'
  | 'budget_pressure'
  | 'compliance_security';

/** What a flag makes of an account on one day. */
export type Signal =
  | { readonly status: 'raised'; readonly severity: Severity; readonly evidence: string }
  | { readonly status: 'clear'; readonly because: string }
  | { readonly status: 'unknown'; readonly reason: string };

/** One kind of churn risk. Thresholds are the config's; a flag that is open clears later than it rises. */
export interface Flag {
  readonly id: FlagId;
  readonly category: Category;
  /** Asked so that "yes" is bad. */
  readonly question: string;
  /** Columns without which there is no answer; when one is missing the flag is not asked. */
  readonly needs: readonly Need[];
  /** Asked of every account on every day: cheap, and without text, where nothing is wrong. */
  readonly judge: (account: AccountRow, context: FlagContext) => Signal;
}

/** What a flag may ask beyond the account itself. */
export interface FlagContext {
  readonly policy: RiskPolicy['flags'];
  /** Reporting currency, for the evidence. */
  readonly currency: string;
  /** Whether the flag was raised before and has not cleared since. */
  readonly isOpen: boolean;
  readonly band: Band;
  /** Points that a measure was given, 0 to 100; null when it is unknown or not weighed. */
  pointsOf(measure: MeasureId): number | null;
  /** Whether accounts of its segment are to have agreed outcomes. */
  readonly expectsOutcomes: boolean;
  /** Days between two talks with a customer of its segment. */
  readonly touchDays: number;
  /** First day of a source; null when it is not measured. */
  readonly since: Since;
  readonly stage: Stage;
}

export const raised = (severity: Severity, evidence: string): Signal => ({
  status: 'raised',
  severity,
  evidence,
});

export const unknown = (reason: string): Signal => ({ status: 'unknown', reason });

export const clearBecause = (because: string): Signal => ({ status: 'clear', because });

/** By far the most common answer, so there is one of it. */
export const clear: Signal = clearBecause('it no longer holds');
