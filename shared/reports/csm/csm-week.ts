import type { Day } from '../../basics/day.ts';
import type { Cents } from '../../basics/money.ts';
import type { Some } from '../ordered-shelf.ts';

/** An account that came to another band, or moved far, since 28 days ago. */
export interface MovedAccount {
  readonly accountId: string;
  readonly name: string;
  readonly arr: Cents;
  readonly fromBand: string;
  readonly band: string;
  readonly score: number | null;
  /** Points since 28 days ago, and the parts that sum to it. */
  readonly change: number;
  readonly parts: {
    readonly input: number;
    readonly weight: number;
    readonly configuration: number;
    readonly coverage: number;
  };
  readonly driver: string | null;
}

/** A risk inside the budget of the owner. */
export interface CsmAlert {
  readonly accountId: string;
  readonly name: string;
  readonly arr: Cents;
  /** Place in the list of the owner, 1 first. */
  readonly rank: number;
  readonly flag: string;
  readonly severity: string;
  readonly evidence: string;
  readonly play: string | null;
  readonly dueOn: Day | null;
}

/** A renewal of theirs that is late, or decided soon. */
export interface CsmRenewal {
  readonly renewalId: string;
  readonly name: string;
  readonly due: Cents;
  readonly decisionOn: Day;
  readonly category: string;
  readonly band: string;
}

/** A play that is led by the reader and is due within a week, or was. */
export interface DuePlay {
  readonly accountId: string;
  readonly name: string;
  readonly arr: Cents;
  readonly play: string;
  readonly flag: string;
  readonly dueOn: Day;
}

/** Accounts, and the ARR that they bring. */
interface AccountsSum {
  readonly accounts: number;
  readonly arr: Cents;
}

/** The week of one owner of accounts. */
export interface CsmWeek {
  readonly recipient: string;
  readonly company: string;
  readonly asOf: Day;
  readonly currency: string;
  readonly mine: AccountsSum;
  readonly moved: Some<MovedAccount>;
  /** Whether there is an earlier day to have moved from. */
  readonly hasMovements: boolean;
  readonly alerts: Some<CsmAlert>;
  /** Open flags that the budget, an open play or a cooldown keeps from them. */
  readonly held: number;
  readonly renewals: Some<CsmRenewal> & { readonly due: Cents };
  readonly renewalsWithinDays: number;
  /** Those past their day included, and how many these are. */
  readonly plays: Some<DuePlay> & { readonly overdue: number };
  /** Green, unmoved, without a flag and without a decision near. */
  readonly leaveAlone: AccountsSum;
  readonly warnings: readonly string[];
  readonly healthOn: Day | null;
  readonly forecastOn: Day | null;
  readonly definitionsIds: readonly string[];
}
