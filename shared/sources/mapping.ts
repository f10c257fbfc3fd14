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

/** SQL from the config, to be put in parentheses: its last line may be a comment. */
export const withAsOf = (sql: string, asOf: Day): string =>
  `${sql.trim().replace(/;$/, '').replaceAll(':as_of', sqlDay(asOf))}\n`;

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
    return [`${castSql(sql, column)} AS ${sqlName(name)}`, `${sql} AS raw_${name}`];
  });
  const recorded = resolved.has('recorded_at')
    ? ` AND coalesce(recorded_at < CAST(${sqlDay(asOf)} AS TIMESTAMP), true)`
    : '';
  return `SELECT *, (${source.known(sqlDay(asOf))})${recorded} AS known
    FROM (SELECT ${columns.join(',\n      ')} FROM (${relation}) relation) normalised`;
};

type Reading = (sql: string) => string;

const readText: Reading = (sql) => `NULLIF(CAST(${sql} AS VARCHAR), '')`;

/** How a value is read as each type, so that DuckDB and Trino read the same; test/trino compares. */
const READ: Readonly<Record<ColumnType, Reading>> = {
  text: readText,
  currency: readText,
  // NaN is above every number to DuckDB and beside them all to Trino; infinities are no use either.
  number: (sql) => {
    const double = `TRY_CAST(${sql} AS DOUBLE)`;
    return `CASE WHEN abs(${double}) < 1E300 THEN ${double} END`;
  },
  // Half a seat is a mistake to be told, not to be rounded, which the engines do differently. What is
  // an integer already goes straight through: DuckDB drops the other branch, which is the slow one.
  integer: (sql) => {
    const double = `TRY_CAST(${sql} AS DOUBLE)`;
    return `CASE WHEN lower(typeof(${sql})) IN ('bigint', 'integer') THEN TRY_CAST(${sql} AS BIGINT) WHEN floor(${double}) = ${double} THEN TRY_CAST(${double} AS BIGINT) END`;
  },
  money: (sql) => `TRY_CAST(${sql} AS DECIMAL(18, 4))`,
  // Nothing around the cast: engines skip what they need not read by comparing the bare column.
  day: (sql) => `TRY_CAST(${sql} AS DATE)`,
  // A plain TIMESTAMP has milliseconds in Trino, which rounds the end of a day into the next one.
  moment: (sql) =>
    `coalesce(TRY_CAST(${sql} AS TIMESTAMP(6)), TRY_CAST(replace(CAST(${sql} AS VARCHAR), 'T', ' ') AS TIMESTAMP(6)))`,
  flag: (sql) =>
    `coalesce(TRY_CAST(${sql} AS BOOLEAN), CASE lower(CAST(${sql} AS VARCHAR)) WHEN 'yes' THEN true WHEN 'y' THEN true WHEN 'no' THEN false WHEN 'n' THEN false END)`,
};

const castSql = (sql: string, { type }: Column): string => READ[type](sql);
