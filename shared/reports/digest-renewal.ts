import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';

/** One line of the list before a renewal, as far as a mail shows it. */
export interface DigestItem {
  readonly title: string;
  readonly status: 'done' | 'missing' | 'unknown';
  readonly evidence: string;
  readonly weight: number;
  readonly dueMilestone: number;
  readonly isOverdue: boolean;
}

/** What to do first, and who is to do it. */
export interface DigestAction {
  readonly action: string;
  readonly dueOn: Day;
  readonly isOverdue: boolean;
  readonly ownerEmail: string | null;
  readonly ownerReason: string | null;
}

/** How a renewal stands in the forecast; null beyond its horizon. */
export interface DigestForecast {
  readonly category: string;
  readonly probability: number;
  readonly expectedCents: Cents;
  readonly because: string;
  readonly band: string;
  readonly disagreement: string | null;
}

/** A renewal that reached a milestone, with all that its owner has to know. */
export interface DigestRenewal {
  readonly renewalId: string;
  readonly contractId: string;
  readonly name: string;
  readonly product: string | null;
  readonly dueArrCents: Cents;
  readonly decisionOn: Day;
  readonly termEnd: Day;
  readonly isAutoRenew: boolean;
  readonly milestoneDays: number;
  readonly milestoneOn: Day;
  readonly forecast: DigestForecast | null;
  readonly items: readonly DigestItem[];
  /** 0 to 100 over what is known; null when nothing is. */
  readonly score: number | null;
  readonly nextAction: DigestAction | null;
  /** Why a manager is to know of it; null when none is. */
  readonly escalation: string | null;
  /** Why it is told to somebody else than its owner; null when it is the owner. */
  readonly insteadOfOwner: string | null;
}

/** Another renewal within its countdown, as far as one line holds. */
export interface DigestNear {
  readonly renewalId: string;
  readonly name: string;
  readonly product: string | null;
  readonly dueArrCents: Cents;
  readonly decisionOn: Day;
  readonly band: string;
  readonly category: string | null;
  readonly missing: number;
  readonly unknown: number;
}

/** Something wrong in the record of a renewal. */
export interface DigestFinding {
  readonly renewalId: string;
  readonly name: string;
  readonly dueArrCents: Cents;
  readonly says: string;
}
