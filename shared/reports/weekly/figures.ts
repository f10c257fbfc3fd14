import type { Day } from '../../basics/day.ts';
import type { Cents } from '../../basics/money.ts';

/** Retention over twelve months as it stood at a month's end. */
export interface TrendMonth {
  /** 2026-05. */
  readonly month: string;
  readonly nrr: number | null;
  readonly grr: number | null;
}

/** From the ARR of twelve months ago to that of the day; opening and all movements are the closing. */
export interface ArrBridge {
  readonly from: Day;
  readonly opening: Cents;
  readonly newBusiness: Cents;
  readonly reactivation: Cents;
  readonly expansion: Cents;
  readonly escalator: Cents;
  readonly contraction: Cents;
  readonly churn: Cents;
  readonly fx: Cents;
  readonly closing: Cents;
}

/** What rollup-revenue published. */
export interface RevenueFigures {
  readonly on: Day;
  readonly arr: Cents;
  readonly nrr: number | null;
  readonly grr: number | null;
  readonly targetNrr: number | null;
  readonly targetGrr: number | null;
  readonly method: string;
  /** The same window by the other methods, for the definitions. */
  readonly otherMethods: readonly { method: string; nrr: number | null; grr: number | null }[];
  /** Why a ratio is not known. */
  readonly reason: string | null;
  /** As they were reported about a week before; null where nothing was. */
  readonly before: {
    readonly on: Day;
    readonly arr: Cents;
    readonly nrr: number | null;
    readonly grr: number | null;
  } | null;
  readonly trend: readonly TrendMonth[];
  readonly bridge: ArrBridge;
}

/** Accounts, or renewals, and their ARR. */
export interface BandSum {
  readonly accounts: number;
  readonly arr: Cents;
}

/** A segment by the band of its accounts. */
export interface BandMix {
  /** Id of a segment, or all. */
  readonly segment: string;
  readonly green: BandSum;
  readonly yellow: BandSum;
  readonly red: BandSum;
  readonly unscored: BandSum;
}

/** An account in danger, with what costs it most. */
export interface RiskyAccount {
  readonly accountId: string;
  readonly name: string;
  readonly segment: string;
  readonly arr: Cents;
  readonly band: string;
  readonly score: number | null;
  readonly change28d: number | null;
  readonly driver: string | null;
  /** What was observed, in words; null where nothing but the score tells of it. */
  readonly evidence: string | null;
  readonly ownerEmail: string | null;
}

/** What score-accounts published of health. */
export interface HealthFigures {
  readonly on: Day;
  readonly all: BandMix;
  readonly segments: readonly BandMix[];
  readonly up28d: BandSum;
  readonly down28d: BandSum;
  readonly hasMovements: boolean;
  /** Red, or with a critical flag: the largest first, and all of them. */
  readonly atRisk: readonly RiskyAccount[];
  readonly atRiskCount: number;
  readonly atRiskArr: Cents;
  readonly flagsShown: number;
  readonly flagsHeld: number;
  /** The measure that costs the customer base the most points of score. */
  readonly costliest: { readonly measure: string; readonly lost: number } | null;
  /** Mean points of the measure of the lever in focus. */
  readonly focusPoints: number | null;
}

/** Open renewals that are due in a week, by the category of their forecast. */
export interface RenewalWeek {
  readonly weekOf: Day;
  readonly renewals: number;
  readonly commit: Cents;
  readonly bestCase: Cents;
  readonly atRisk: Cents;
}

/** A renewal as a line of the summary. */
export interface WeeklyRenewal {
  readonly renewalId: string;
  readonly accountId: string;
  readonly name: string;
  readonly due: Cents;
  readonly decisionOn: Day;
  readonly ownerEmail: string | null;
  readonly because: string;
}

/** What track-renewals published. */
export interface RenewalFigures {
  readonly on: Day;
  readonly withinDays: number;
  readonly atRisk: BandSum;
  /** At risk about a week before, over as many days; null where nothing was forecast. */
  readonly before: { readonly on: Day; readonly arr: Cents } | null;
  readonly due: Cents;
  readonly weeks: readonly RenewalWeek[];
  /** At risk, and its term is over with nothing signed. */
  readonly late: BandSum;
  /** At risk and late, or to be decided soon; the largest first, and how many in all. */
  readonly toDecide: readonly WeeklyRenewal[];
  readonly toDecideCount: number;
  readonly toDecideSum: Cents;
  /** Signed within the last seven days, the largest first, and all of them. */
  readonly won: readonly WeeklyRenewal[];
  readonly wonSum: BandSum;
  /** Ended within them without another term, or gave notice. */
  readonly lost: readonly WeeklyRenewal[];
  readonly lostSum: BandSum;
  /** The day they are counted from. */
  readonly decidedSince: Day;
}

/** A flag or a war room that waits for somebody. */
export interface WaitingRisk {
  readonly accountId: string;
  readonly name: string;
  readonly arr: Cents;
  readonly evidence: string;
  readonly doNext: string | null;
  readonly ownerEmail: string | null;
  readonly dueOn: Day | null;
}

/** What score-accounts published of risk. */
export interface RiskFigures {
  /** Critical, and past the day its play was due. */
  readonly overdue: readonly WaitingRisk[];
  readonly overdueCount: number;
  /** War rooms that opened within the last seven days. */
  readonly warRooms: readonly WaitingRisk[];
  readonly warRoomCount: number;
  /** Cleared within the last seven days, the largest first. */
  readonly cleared: readonly WaitingRisk[];
  readonly clearedSum: BandSum;
  readonly raised: BandSum;
}

/** The lever in focus, as the config has it. */
export interface Focus {
  readonly lever: string;
  readonly owner: string;
  readonly measure: string;
  readonly since: Day;
  readonly fromPoints: number;
  readonly targetPoints: number;
}

/** All that the summary of a week is made of; null where a job has published nothing of late. */
export interface WeeklyFigures {
  readonly company: string;
  readonly asOf: Day;
  readonly currency: string;
  readonly decideWithinDays: number;
  readonly revenue: RevenueFigures | null;
  readonly health: HealthFigures | null;
  readonly risk: RiskFigures | null;
  readonly renewals: RenewalFigures | null;
  readonly focus: Focus | null;
  /** What is old, broken or missing, in words. */
  readonly warnings: readonly string[];
  /** Sources that the figures leave out, with the reason. */
  readonly exclusions: readonly string[];
  readonly definitionsIds: readonly string[];
}
