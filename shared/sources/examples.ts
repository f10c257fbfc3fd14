import { plainText } from '../basics/text.ts';
import type { Cell } from '../ports/warehouse.ts';
import { type Counted, offending } from './counted.ts';
import type { PlannedCheck } from './row-checks.ts';
import type { Source } from './source.ts';
import { sqlName } from './sql.ts';

/** Up to three offending rows, by key, with the value that offends where there is one. */
export const examplesOf = async ({
  source,
  sql,
  resolved,
  check,
  warehouse,
}: Counted & { readonly check: PlannedCheck }): Promise<string[]> => {
  const shown = [...new Set([...source.key, 'account_id'])].filter((name) => resolved.has(name));
  const keyIsRead = shown.includes(check.column) && check.id !== 'unreadable';
  const value = check.column in source.columns && !keyIsRead ? check.column : null;
  const columns = [
    ...shown.map((name) => `CAST(${sqlName(name)} AS VARCHAR) AS ${sqlName(name)}`),
    ...(value ? [`CAST(raw_${value} AS VARCHAR) AS raw_${value}`] : []),
  ];
  const order = columns.map((_, index) => index + 1).join(', ');
  const { rows } = await warehouse.read({
    name: `${source.id}-${check.id}-examples`,
    sql: `SELECT DISTINCT ${columns.join(', ')} FROM (${sql}) source_rows
      WHERE ${offending(check)} ORDER BY ${order} LIMIT 3`,
  });
  return rows.map((row) => {
    const keys = shown.map((name) => keyText(source, name, row[name] ?? null)).join(' / ');
    return value ? `${keys} (${value} ${shownValue(row[`raw_${value}`])})` : keys;
  });
};

function keyText({ columns }: Source, name: string, value: Cell): string {
  const text = String(value);
  return plainText(columns[name]?.type === 'moment' ? sameNotation(text) : text, 40);
}

const shownValue = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : `"${plainText(sameNotation(String(value)), 40)}"`;

/** Cast to text, 7.0, nan and 10:00:00 are 7.0E0, NaN and 10:00:00.000 in Trino. */
function sameNotation(text: string): string {
  if (/^nan$/i.test(text)) return 'NaN';
  if (/^-?\d+(?=[.e])(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return String(Number(text));
  return text.replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.?(\d*?)0*$/, (_, whole, part) =>
    part === '' ? whole : `${whole}.${part}`,
  );
}
