import type { Day } from '../../basics/day.ts';
import type { Cents } from '../../basics/money.ts';
import type { Badge, Tone } from '../mail-content.ts';

/** What the page of a week says, before it is laid out. Texts may be as the warehouse has them. */
export interface Report {
  readonly company: string;
  readonly asOf: Day;
  /** First day of the week it tells of. */
  readonly weekOf: Day;
  readonly currency: string;
  readonly definitionsId: string;
  readonly headline: { readonly conclusion: string; readonly lede: readonly string[] };
  /** What has to be known before the rest is read, such as data that is old. */
  readonly warnings: readonly string[];
  readonly tiles: readonly Tile[];
  readonly decisions: readonly Decision[];
  readonly charts: readonly PageChart[];
  readonly sections: readonly PageSection[];
  readonly accounts: readonly PageAccount[];
  /** Accounts that stand in account_health and not in this report. */
  readonly accountsLeftOut: number;
  /** The question a measure asks, by its id; a measure without one shows its name alone. */
  readonly questions: Readonly<Record<string, string>>;
  readonly freshness: readonly Freshness[];
  /** What the figures leave out, a sentence each. */
  readonly exclusions: readonly string[];
  /** Why the reader has this page. */
  readonly why: string | null;
}

/** One figure of the week. Where nothing is known of a part, it is null and not shown. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly change: { readonly words: string; readonly tone: Tone } | null;
  readonly target: string | null;
  readonly note: string | null;
}

/** What somebody has to decide this week. */
export interface Decision {
  readonly what: string;
  readonly why: string;
  readonly owner: string | null;
  readonly dueOn: Day | null;
}

/** A chart under its finding. The picture is ours and trusted; it holds no style attribute. */
export interface PageChart {
  readonly title: string;
  readonly svg: string;
  readonly alt: string;
  readonly table?: PageTable | null;
}

/** The first column names the row. */
export interface PageTable {
  readonly columns: readonly PageColumn[];
  readonly rows: readonly (readonly PageCell[])[];
}

export interface PageColumn {
  readonly title: string;
  readonly isFigure: boolean;
}

/** Words, a badge, or the name of an account, which opens what is known of it. */
export type PageCell = string | Badge | { readonly accountId: string; readonly name: string };

/** A short table with its title, such as the largest accounts at risk. */
export interface PageSection {
  readonly title: string;
  readonly about: string | null;
  readonly table: PageTable;
  /** What it says in place of a table without rows. */
  readonly empty: string;
}

/** What the page says of an account. */
export interface AccountLine {
  readonly accountId: string;
  readonly name: string | null;
  readonly segment: string;
  readonly ownerName: string | null;
  readonly ownerEmail: string | null;
  readonly region: string | null;
  readonly lifecycle: string;
  readonly arrCents: Cents;
  readonly score: number | null;
  /** green, yellow, red or unscored. */
  readonly band: string;
  readonly change28: number | null;
  /** Id of the measure that costs it the most. */
  readonly driver: string | null;
  readonly renewalOn: Day | null;
  /** Share of the weight that is known, 0 to 1. */
  readonly coverage: number | null;
  /** What a gate takes off the score, zero or negative, and the fact behind it. */
  readonly gate: { readonly effect: number; readonly reason: string } | null;
  /** Why it is unscored, or who has put another band in its place and why. */
  readonly note: string | null;
  readonly flags: readonly PageFlag[];
}

export interface PageFlag {
  readonly signal: string;
  /** critical, high, medium or low. */
  readonly severity: string;
  readonly evidence: string;
}

/** An account and its receipt; null where the receipt is not at hand. */
export interface PageAccount extends AccountLine {
  readonly receipt: readonly ReceiptLine[] | null;
}

/** One line of the receipt. The contributions and the effect of the gate sum to the score. */
export interface ReceiptLine {
  readonly measure: string;
  /** What was observed, in words. */
  readonly value: string | null;
  readonly points: number | null;
  readonly weight: number;
  readonly contribution: number | null;
  /** Why it is unknown. */
  readonly reason: string | null;
}

export interface Freshness {
  readonly source: string;
  /** ready, stale, broken or absent. */
  readonly status: string;
  readonly reason: string | null;
}
