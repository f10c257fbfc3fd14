import type { Day } from '../basics/day.ts';

/** A name from config as a quoted identifier; dots separate catalog, schema and table. */
export const sqlName = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');

/** The only way text from config reaches SQL as a value. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const sqlDay = (day: Day): string => `DATE '${day}'`;

/** A DOUBLE literal: without the exponent Trino would read a DECIMAL and divide like one. */
export const sqlNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot stand in a query`);
  const text = String(value);
  return text.includes('e') ? text : `${text}E0`;
};

export const sqlList = (values: readonly string[]): string => values.map(sqlText).join(', ');

/** True for a bare column name; anything else in a mapping is a SQL expression. */
export const isColumnName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

/** A mean that does not depend on the order of rows, as a mean of DOUBLEs does in its last digits. */
export const sqlMean = (column: string, where: string): string =>
  `CAST(sum(CAST(${column} AS DECIMAL(18, 4))) FILTER (WHERE ${where}) AS DOUBLE)
        / NULLIF(CAST(count(${column}) FILTER (WHERE ${where}) AS DOUBLE), 0E0)`;

/** A hundred billion in one row is a mistake, and sums of cents must stay exact. */
export const MOST_MONEY = 1e11;

/** An amount in cents of the reporting currency, rounded once, here. */
export const sqlCents = (amount: string, rate: string): string =>
  `CAST(round(CAST(${amount} AS DOUBLE) * ${rate} * 100E0) AS BIGINT)`;

/**
 * The text that goes with the earliest day, days that are not known last, and of several the
 * smallest: min_by leaves open which of them it takes.
 */
export const sqlEarliestText = (day: string, text: string, where: string): string =>
  `NULLIF(substr(min(coalesce(CAST(${day} AS VARCHAR), '9999-12-31') || coalesce(${text}, ''))
        FILTER (WHERE ${where}), 11), '')`;
