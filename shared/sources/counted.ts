import type { Warehouse } from '../ports/warehouse.ts';
import type { InspectScope } from './inspect-source.ts';
import type { ResolvedColumns } from './mapping.ts';
import type { PlannedCheck } from './row-checks.ts';
import type { Source } from './source.ts';

/** A source and what it takes to count in it. */
export interface Counted {
  readonly source: Source;
  readonly sql: string;
  /** It stands in a table of its own, and is not the answer of a SELECT that would be run again. */
  readonly isTable: boolean;
  readonly resolved: ResolvedColumns;
  readonly scope: InspectScope;
  readonly warehouse: Warehouse;
}

/** What a check between rows has found. */
export interface RelationCount {
  readonly check: PlannedCheck;
  readonly rows: number;
}

/** What cannot be said to be unknown is looked at too: it may be what is wrong. */
export const KNOWN = 'coalesce(known, true)';

/** Of no rows at all DuckDB counts null, and Trino 0. */
export const countIf = (condition: string): string =>
  `CAST(coalesce(count_if(${condition}), 0) AS BIGINT)`;

/** The rows that a check finds fault with, of those it looks at. */
export const offending = (check: PlannedCheck): string =>
  check.everyRow ? `(${check.offends})` : `${KNOWN} AND (${check.offends})`;

/** The only row of an answer. */
export const readSingle = async (warehouse: Warehouse, name: string, sql: string) => {
  const { rows } = await warehouse.read({ name, sql });
  return rows[0] ?? {};
};
