import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Escalation } from './digest-copies.ts';
import type { DigestFinding, DigestNear, DigestRenewal } from './digest-renewal.ts';
import type { DigestTotals } from './digest-totals.ts';
import type { Some } from './ordered-shelf.ts';

/** All that a digest for one person is made of. */
export interface Digest {
  readonly recipient: string;
  readonly company: string;
  readonly asOf: Day;
  readonly currency: string;
  readonly definitionsId: string;
  /** The most urgent first. */
  readonly reached: readonly DigestRenewal[];
  readonly totals: DigestTotals;
  readonly near: Some<DigestNear> & {
    readonly due: Cents;
    /** Of them at risk, and their ARR. */
    readonly atRisk: { readonly count: number; readonly due: Cents };
  };
  readonly findings: Some<DigestFinding>;
  readonly quiet: {
    readonly count: number;
    readonly due: Cents;
    readonly firstDecision: Day | null;
  };
  /** Renewals that a manager has to know of, the largest first. */
  readonly escalations: readonly Escalation[];
  /** Sources that are stale or broken, in words, and how old the health is. */
  readonly warnings: readonly string[];
  readonly healthOn: Day | null;
}
