import type { Day } from '../basics/day.ts';

/** What a column of a source must hold. Moments are read as wall-clock time in the business zone. */
export type ColumnType =
  | 'text'
  | 'number'
  | 'integer'
  | 'money'
  | 'currency'
  | 'day'
  | 'moment'
  | 'flag';

export interface Column {
  readonly type: ColumnType;
  /** Must be mapped, and no row may be without it. */
  readonly required?: true;
  /** The only values the rules understand; others break the source rather than be ignored. */
  readonly oneOf?: readonly string[];
  /** Where it is mapped every row should have a value; rows without one are told. */
  readonly wanted?: true;
  /** The values that can be, both ends included; others break the source. */
  readonly range?: readonly [lowest: number, highest: number];
  /** Holds an account_id that must be one of accounts. */
  readonly refersTo?: 'accounts';
  readonly meaning: string;
}

/**
 * What one feature of an account is, and so what stands there for an account without rows:
 * a count or an amount is 0, anything else is null.
 */
export type FeatureType = 'count' | 'cents' | 'number' | 'text' | 'day' | 'flag';

/** A rule that every row must keep, over the source's own column names. */
export interface RowCheck {
  readonly id: string;
  readonly column: string;
  readonly severity: 'broken' | 'warning';
  /** SQL that is true for an offending row. */
  readonly offends: string;
  /** What such a row has, in words: "found … in 3 rows of 40". */
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

/** A rule that rows must keep between them, of a source whose key is one column. */
export interface RelationCheck extends Omit<RowCheck, 'offends'> {
  /** SQL for the keys of offending rows; `rows` are those known, `asOf` is a DATE literal. */
  readonly offenders: (rows: string, asOf: string) => string;
  /** SQL for rows without which none can offend: where it finds none, nothing else is asked. */
  readonly suspects?: (rows: string, asOf: string) => string;
}

/** What the reducing SQL may ask of its surroundings. */
export interface ReduceContext {
  readonly asOf: Day;
  /** The day a number of days before as_of, as a DATE literal. */
  daysAgo(days: number): string;
  /** SQL that turns a currency column into units of the reporting currency per unit (DOUBLE). */
  rate(currencyColumn: string): string;
}

/**
 * One table of the company as Holdfast wants it: columns, checks, and the SQL that reduces it
 * to one row per account. A new source is one file that exports this, and a line in the registry.
 */
export interface Source<
  Columns extends Record<string, Column> = Record<string, Column>,
  Features extends Record<string, FeatureType> = Record<string, FeatureType>,
> {
  readonly id: string;
  readonly grain: string;
  /** Without it there is nothing to compute: the run stops. */
  readonly required: boolean;
  readonly columns: Columns;
  /** No two rows may share it; an optional column in it tells apart what else would be the same. */
  readonly key: readonly (keyof Columns & string)[];
  /** Of each group at least one column must be mapped, and hold a value in each row. */
  readonly oneOfColumns?: readonly (readonly (keyof Columns & string)[])[];
  /** SQL: was this row known on the day? `asOf` is a DATE literal. */
  readonly known: (asOf: string) => string;
  /** The column whose latest value says how fresh the source is; without one, recorded_at. */
  readonly freshBy?: keyof Columns & string;
  /**
   * Of a daily feed: days of it that a run reads. They end on the last day it has, so that late news is
   * not taken for silence.
   */
  readonly daysRead?: number;
  /** Days after which the source counts as stale, unless config says otherwise. */
  readonly freshnessDays?: number;
  /** No rows are news like any other: without this, an empty table is taken for a broken feed. */
  readonly mayBeEmpty?: true;
  readonly checks?: readonly RowCheck[];
  /** Looked at where their column is mapped and no two rows share a key. */
  readonly relations?: readonly RelationCheck[];
  readonly features: Features;
  /**
   * One row per account_id with a column for each feature, from the rows known on the day. A source
   * that says nothing of single accounts has no features and none of this.
   */
  readonly reduce?: (rows: string, context: ReduceContext) => string;
}

const recordedAt = {
  type: 'moment',
  meaning: 'when the row became known; rows recorded on as_of or later are left out',
} as const satisfies Column;

/** Completes a source with the column that all share, and keeps its literal types. */
export const defineSource = <
  const Columns extends Record<string, Column>,
  const Features extends Record<string, FeatureType>,
>(
  source: Source<Columns, Features>,
): Source<Columns & { recorded_at: Column }, Features> => ({
  ...source,
  columns: { ...source.columns, recorded_at: recordedAt },
});
