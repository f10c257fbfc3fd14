import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Severity } from '../config/risk-fields.ts';
import type { Band } from '../health/band.ts';

/** What to work on, and what to leave alone this week; in the order in which they are published. */
export const queueNames = ['churn', 'contraction', 'expansion', 'leave_alone'] as const;
export type QueueName = (typeof queueNames)[number];

/** An open flag, with why nobody is told of it again: a play is open, or it cools down. */
export interface OpenFlag {
  readonly flag: string;
  readonly severity: Severity;
  readonly evidence: string;
  readonly held: string | null;
}

/** What is asked of one account to place it. */
export interface QueueCandidate {
  readonly accountId: string;
  readonly customerId: string;
  readonly name: string | null;
  readonly ownerEmail: string | null;
  readonly segment: string;
  readonly arrCents: Cents;
  readonly score: number | null;
  readonly band: Band;
  /** improving, stable, declining or insufficient data. */
  readonly trend: string;
  readonly topDriver: string | null;
  readonly flags: readonly OpenFlag[];
  /** Seats in use over seats paid for; above 1 where guests use it too. */
  readonly seatUse: number | null;
  readonly renewsOn: Day | null;
  /** What it shrank by in twelve months, never negative. */
  readonly contractedCents: Cents;
  readonly underNoticeCents: Cents;
}

export interface QueueScope {
  readonly asOf: Day;
  /** Reporting currency, for the sentences. */
  readonly currency: string;
}

/** Where an account stands. The words are made only for those that are kept. */
export interface Verdict {
  readonly queue: QueueName;
  readonly atStakeCents: Cents;
  readonly say: () => { why: string; doNext: string; reason: string | null };
}

/** One reason to stand in a queue; null where it does not hold. */
export type QueueRule = (account: QueueCandidate, scope: QueueScope) => Verdict | null;
