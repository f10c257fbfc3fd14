import { type Day, toDay } from '../basics/day.ts';
import type { Cell } from '../ports/warehouse.ts';
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
import { type PlannedCheck, plannedChecks } from './row-checks.ts';
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

/** One query for all row checks of a source, and one each for its keys and its references. */
export const countRows = async (counted: Counted): Promise<Counts> => {
  const { source, resolved, scope, warehouse } = counted;
  const checks = plannedChecks(source, resolved, scope);
  const reading = readSingle(warehouse, `${source.id}-checks`, checksSql(counted, checks));
  const lastDay = async () => dayOf((await reading).last_day);
  const [row, relations] = await Promise.all([reading, countRelations(counted, lastDay)]);
  return {
    rows: Number(row.row_count),
    everyRow: Number(row.every_row_count),
    firstDay: dayOf(row.first_day),
    lastDay: dayOf(row.last_day),
    byCheck: checks.map((_, index) => Number(row[`check_${index}`])),
    relations,
  };
};

const dayOf = (cell: Cell | undefined): Day | null => (cell ? toDay(String(cell)) : null);

/**
 * One pass over the source. A daily feed that is a table is gone over three times, with a part of its
 * columns each: where tables are stored by column that is hardly more to read, and far less to do.
 */
function checksSql(
  { source, sql, isTable, resolved }: Counted,
  checks: readonly PlannedCheck[],
): string {
  const fresh = freshColumn(source, resolved);
  const rows = `FROM (${sql}) source_rows`;
  const whole = [
    `${countIf(KNOWN)} AS row_count`,
    'CAST(count(*) AS BIGINT) AS every_row_count',
    `${knownDay('min', fresh)} AS first_day`,
    `${knownDay('max', fresh)} AS last_day`,
  ];
  const named = checks.map((check, index) => ({
    check,
    count: `${countIf(offending(check))} AS check_${index}`,
  }));
  if (source.daysRead === undefined || !isTable) {
    return `SELECT ${[...whole, ...named.map(({ count }) => count)].join(',\n  ')}\n${rows}`;
  }
  const isOfText = ({ check }: (typeof named)[number]) =>
    source.columns[check.column]?.type === 'text';
  const parts = [
    `SELECT ${whole.join(', ')} ${rows}`,
    ...[named.filter(isOfText), named.filter((one) => !isOfText(one))]
      .filter((group) => group.length > 0)
      .map((group) => amongOffending(group, rows)),
  ];
  return `SELECT *\nFROM ${parts.map((part, at) => `(${part}) part_${at}`).join('\nCROSS JOIN ')}`;
}

/**
 * Counts what offends among the rows in which anything does: an engine that knows the least and the
 * most of each column need not read them to find none. It knows less of texts, which stand apart.
 */
function amongOffending(
  group: readonly { readonly check: PlannedCheck; readonly count: string }[],
  rows: string,
): string {
  const any = group.map(({ check }) => `(${check.offends})`);
  return `SELECT ${group.map(({ count }) => count).join(',\n  ')}
  ${rows}
  WHERE ${any.join('\n    OR ')}`;
}

function knownDay(end: 'min' | 'max', fresh: string | undefined): string {
  return `CAST(${fresh ? `${end}(CASE WHEN known THEN ${sqlName(fresh)} END)` : 'NULL'} AS DATE)`;
}
