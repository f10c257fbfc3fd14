import { type Counted, KNOWN, type RelationCount, readSingle } from './counted.ts';
import type { Source } from './source.ts';
import { sqlName } from './sql.ts';

/** Rows whose key another row has too. An optional column of the key may be empty in both. */
export const duplicateKeys = async ({
  source,
  sql,
  warehouse,
}: Counted): Promise<RelationCount> => {
  const columns = source.key.map(sqlName).join(', ');
  const key = keyText(source);
  const required = source.key.filter((name) => source.columns[name]?.required);
  const present = required.map((name) => `${sqlName(name)} IS NOT NULL`);
  const rows = `SELECT * FROM (${sql}) source_rows WHERE ${[KNOWN, ...present].join(' AND ')}`;
  const row = await readSingle(
    warehouse,
    `${source.id}-keys`,
    `SELECT CAST(coalesce(sum(times), 0) AS BIGINT) AS row_count
     FROM (
       SELECT count(*) AS times FROM (${rows}) keyed
       ${suspects(source, rows)}
       GROUP BY ${columns} HAVING count(*) > 1
     ) repeated`,
  );
  const check = {
    id: 'duplicate_key',
    column: source.key.join(', '),
    severity: 'broken' as const,
    offends: `(${key}) IN (SELECT ${key} FROM (${sql}) twice WHERE ${KNOWN} GROUP BY ${columns} HAVING count(*) > 1)`,
    found: 'a key that another row has too',
    expected: `${source.grain}, so ${source.key.join(', ')} unique`,
    fix: 'Remove the duplicates, or pick one row for each key in a select.',
  };
  return { check, rows: Number(row.row_count) };
};

/**
 * A daily feed has more keys than an engine likes to hold at once. So each day is a bit first, and
 * the bits of a month are added up: where a day stands twice one is carried, and fewer bits are left
 * than there were rows. Only what is found so is looked at day by day.
 */
function suspects({ key, columns, windowsEndOnLastDay }: Source, rows: string): string {
  const day = key.find((name) => columns[name]?.type === 'day');
  const [of = ''] = key;
  if (!windowsEndOnLastDay || day === undefined) return '';
  const others = key.filter((name) => name !== day).map(sqlName);
  const nth = sqlName(day);
  return `WHERE ${sqlName(of)} IN (
         SELECT ${sqlName(of)} FROM (${rows}) dated
         GROUP BY ${others.join(', ')}, year(${nth}) * 12 + month(${nth})
         HAVING length(replace(to_base(CAST(sum(power(2E0, day(${nth}))) AS BIGINT), 2), '0', ''))
           < count(*)
       )`;
}

/** One text for a key of several columns: Trino takes (SELECT (a, b)) for a row within a row. */
function keyText({ key, columns }: Source): string {
  return key
    .map((name) => ({ name, text: `CAST(${sqlName(name)} AS VARCHAR)` }))
    .map(({ name, text }) => (columns[name]?.required ? text : `coalesce(${text}, '')`))
    .join(` || '/' || `);
}
