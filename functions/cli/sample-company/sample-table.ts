import type { AccountStory } from './account-story.ts';
import type { DayNumber } from './day-number.ts';

/** Days are day numbers, moments seconds since 1970, DECIMAL values hundredths. */
export type Cell = string | number | boolean | null;

export type ColumnType =
  | 'VARCHAR'
  | 'DATE'
  | 'TIMESTAMP'
  | 'DECIMAL(18,2)'
  | 'DECIMAL(5,2)'
  | 'BIGINT'
  | 'INTEGER'
  | 'DOUBLE'
  | 'BOOLEAN';

type Columns = Readonly<Record<string, ColumnType>>;

/** The days whose events are written: from the first to today, today not included. */
export interface Window {
  readonly from: DayNumber;
  readonly asOf: DayNumber;
  readonly seed: number;
  /** How many accounts the company has. */
  readonly accounts: number;
}

type Rows<C extends Columns> = Iterable<Readonly<Record<keyof C, Cell>>>;

/** One source table of the sample company: a file of its own. */
export interface SampleTable<C extends Columns = Columns> {
  /** The file is called after it. */
  readonly name: string;
  readonly columns: C;
  /** The rows of one account, in the order of the table's key. */
  rows?(story: AccountStory, window: Window): Rows<C>;
  /** The rows that belong to no account: people, rates. */
  companyRows?(window: Window): Rows<C>;
  /** The table whose staged rows it is a SELECT over, where it has none of its own. */
  readonly from?: string;
  /** A SELECT over the staged rows, where the file is not those themselves; keeps their order. */
  expand?(staged: string, window: Window): string;
}

/** Lets the compiler check that every row has exactly the table's columns. */
export const sampleTable = <const C extends Columns>(table: SampleTable<C>): SampleTable => table;
