import { type Day, toDay } from '../basics/day.ts';
import {
  type Counted,
  countIf,
  KNOWN,
  offending,
  type RelationCount,
  readSingle,
} from './counted.ts';
import type { ResolvedColumns } from './mapping.ts';
import { countRelations } from './relation-checks.ts';
import { plannedChecks } from './row-checks.ts';
import type { Source } from './source.ts';
import { sqlName } from './sql.ts';

export interface Counts {
  readonly rows: number;
  /** With those not yet known on the day. */
  readonly everyRow: number;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** Offending rows, in the order of plannedChecks. */
  readonly byCheck: readonly number[];
  /** Checks that look at more than one row: keys, and accounts referred to. */
  readonly relations: readonly RelationCount[];
}

/** The column that says how fresh a source is, if there is one. */
export const freshColumn = (source: Source, resolved: ResolvedColumns): string | undefined =>
  source.freshBy ?? (resolved.has('recorded_at') ? 'recorded_at' : undefined);

/** One pass over a source for all row checks, and one each for its keys and its references. */
export const countRows = async (counted: Counted): Promise<Counts> => {
  const { source, sql, resolved, scope, warehouse } = counted;
  const checks = plannedChecks(source, resolved, scope);
  const fresh = freshColumn(source, resolved);
  const [row, relations] = await Promise.all([
    readSingle(
      warehouse,
      `${source.id}-checks`,
      [
        `SELECT ${countIf(KNOWN)} AS row_count`,
        '  CAST(count(*) AS BIGINT) AS every_row_count',
        `  ${knownDay('min', fresh)} AS first_day`,
        `  ${knownDay('max', fresh)} AS last_day`,
        ...checks.map((check, index) => `  ${countIf(offending(check))} AS check_${index}`),
      ]
        .join(',\n')
        .concat(`\nFROM (${sql}) source_rows`),
    ),
    countRelations(counted),
  ]);
  return {
    rows: Number(row.row_count),
    everyRow: Number(row.every_row_count),
    firstDay: row.first_day ? toDay(String(row.first_day)) : null,
    lastDay: row.last_day ? toDay(String(row.last_day)) : null,
    byCheck: checks.map((_, index) => Number(row[`check_${index}`])),
    relations,
  };
};

function knownDay(end: 'min' | 'max', fresh: string | undefined): string {
  return `CAST(${fresh ? `${end}(${sqlName(fresh)}) FILTER (WHERE known)` : 'NULL'} AS DATE)`;
}
