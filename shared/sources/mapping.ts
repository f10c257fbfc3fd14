import type { Day } from '../basics/day.ts';
import type { Column, ColumnType, Source } from './source.ts';
import { isColumnName, sqlDay, sqlName } from './sql.ts';

/** Where a source is found in the company's warehouse, as holdfast.yaml says it. */
export interface SourceMapping {
  /** A table or view, or a SELECT; `:as_of` in a SELECT stands for the day of the run. */
  readonly table?: string | undefined;
  readonly select?: string | undefined;
  /** Source column → column of the relation, or SQL expression; null leaves it out. */
  readonly columns: Readonly<Record<string, string | null | undefined>>;
  readonly freshness_days?: number | undefined;
}

/** SQL for each source column that is mapped. Columns not named in config map to their namesakes. */
export type ResolvedColumns = ReadonlyMap<string, string>;

export const relationSql = (mapping: SourceMapping, asOf: Day): string =>
  mapping.select === undefined
    ? `SELECT * FROM ${sqlName(mapping.table ?? '')}`
    : withAsOf(mapping.select, asOf);

export const withAsOf = (sql: string, asOf: Day): string =>
  sql.trim().replace(/;$/, '').replaceAll(':as_of', sqlDay(asOf));

export const resolveColumns = (
  source: Source,
  mapping: SourceMapping,
  relationColumns: readonly string[],
  asOf: Day,
): ResolvedColumns => {
  const namesakes = new Set(relationColumns.map((name) => name.toLowerCase()));
  const resolved = new Map<string, string>();
  for (const column of Object.keys(source.columns)) {
    const mapped = mapping.columns[column];
    if (mapped === null) continue;
    if (mapped === undefined && !namesakes.has(column)) continue;
    const sql = mapped ?? column;
    resolved.set(column, isColumnName(sql) ? sqlName(sql) : `(${withAsOf(sql, asOf)})`);
  }
  return resolved;
};

/**
 * The source as Holdfast reads it: its own column names and types, null where a column is not
 * mapped or a value cannot be read; the value as it stands in the relation; and whether the row
 * was known on the day.
 */
export const normalisedSql = (
  source: Source,
  relation: string,
  resolved: ResolvedColumns,
  asOf: Day,
): string => {
  const columns = Object.entries(source.columns).flatMap(([name, column]) => {
    const sql = resolved.get(name) ?? 'CAST(NULL AS VARCHAR)';
    return [`${castSql(sql, column)} AS ${name}`, `${sql} AS raw_${name}`];
  });
  const recorded = `coalesce(recorded_at < CAST(${sqlDay(asOf)} AS TIMESTAMP), true)`;
  return `SELECT *, (${source.known(sqlDay(asOf))}) AND ${recorded} AS known
    FROM (SELECT ${columns.join(',\n      ')} FROM (${relation}) relation) normalised`;
};

const SQL_TYPES: Record<Exclude<ColumnType, 'text' | 'currency'>, string> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  money: 'DECIMAL(18, 4)',
  day: 'DATE',
  moment: 'TIMESTAMP',
  flag: 'BOOLEAN',
};

function castSql(sql: string, { type }: Column): string {
  if (type === 'text' || type === 'currency') return `NULLIF(CAST(${sql} AS VARCHAR), '')`;
  return `TRY_CAST(${sql} AS ${SQL_TYPES[type]})`;
}
