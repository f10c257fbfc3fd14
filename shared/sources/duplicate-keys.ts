import { type Day, daysBetween } from '../basics/day.ts';
import { type Counted, KNOWN, type RelationCount, readSingle } from './counted.ts';
import type { Source } from './source.ts';
import { sqlDay, sqlName } from './sql.ts';

/**
 * Rows whose key another row has too. An optional column of the key may be empty in both. Of a daily
 * feed only the days that a run may read: there is a hundred times as much of it as of all the rest.
 */
export const duplicateKeys = async ({
  source,
  sql,
  readFrom,
  scope,
  warehouse,
}: Counted): Promise<RelationCount> => {
  const columns = source.key.map(sqlName).join(', ');
  const key = keyText(source);
  const daily = readFrom === null ? null : { ...dailyKey(source), from: readFrom, to: scope.asOf };
  const isRead = daily ? [`${daily.day} >= ${sqlDay(daily.from)}`] : [];
  const required = source.key.filter((name) => source.columns[name]?.required);
  const present = required.map((name) => `${sqlName(name)} IS NOT NULL`);
  const rows = `SELECT * FROM (${sql}) source_rows WHERE ${[KNOWN, ...isRead, ...present].join(' AND ')}`;
  const row = await readSingle(
    warehouse,
    `${source.id}-keys`,
    `SELECT CAST(coalesce(sum(times), 0) AS BIGINT) AS row_count
     FROM (
       SELECT count(*) AS times FROM (${rows}) keyed
       ${daily ? `WHERE ${suspects(daily, rows)}` : ''}
       GROUP BY ${columns} HAVING count(*) > 1
     ) repeated`,
  );
  const twice = `SELECT ${key} FROM (${rows}) twice GROUP BY ${columns} HAVING count(*) > 1`;
  const check = {
    id: 'duplicate_key',
    column: source.key.join(', '),
    severity: 'broken' as const,
    offends: [...isRead, `(${key}) IN (${twice})`].join(' AND '),
    found: `a key that another row has too${daily ? `, since ${daily.from},` : ''}`,
    expected: `${source.grain}, so ${source.key.join(', ')} unique`,
    fix: 'Remove the duplicates, or pick one row for each key in a select.',
  };
  return { check, rows: Number(row.row_count) };
};

interface DailyKey {
  readonly day: string;
  /** The columns that tell apart what stands on one day. */
  readonly others: readonly string[];
}

function dailyKey({ key, columns }: Source): DailyKey {
  const isDay = (name: string) => columns[name]?.type === 'day';
  const [day = ''] = key.filter(isDay);
  return { day: sqlName(day), others: key.filter((name) => !isDay(name)).map(sqlName) };
}

/** Days that share a number as its bits: when each stood there 500,000 times, their sum would still fit. */
const DAYS_PER_WORD = 44;

/**
 * A daily feed has more keys than an engine likes to hold at once. So each day is a bit first: where
 * no day stands twice, the sum of the bits is what they are together. Only what differs is looked at
 * day by day.
 */
function suspects(
  { day, others, from, to }: DailyKey & { readonly from: Day; readonly to: Day },
  rows: string,
): string {
  const nth = `date_diff('day', ${sqlDay(from)}, ${day})`;
  const words = Math.ceil(daysBetween(from, to) / DAYS_PER_WORD);
  const differs = Array.from({ length: words }, (_, word) => {
    const first = word * DAYS_PER_WORD;
    const isIn = `${nth} >= ${first} AND ${nth} < ${first + DAYS_PER_WORD}`;
    const place = `CAST(${nth} - ${first} AS INTEGER)`;
    const bit = `CASE WHEN ${isIn} THEN bitwise_left_shift(BIGINT '1', ${place}) END`;
    return `sum(${bit}) <> bitwise_or_agg(${bit})`;
  });
  const [of = ''] = others;
  return `${of} IN (
         SELECT ${of} FROM (${rows}) dated
         GROUP BY ${others.join(', ')}
         HAVING ${differs.join('\n           OR ')}
       )`;
}

/** One text for a key of several columns: Trino takes (SELECT (a, b)) for a row within a row. */
function keyText({ key, columns }: Source): string {
  return key
    .map((name) => ({ name, text: `CAST(${sqlName(name)} AS VARCHAR)` }))
    .map(({ name, text }) => (columns[name]?.required ? text : `coalesce(${text}, '')`))
    .join(` || '/' || `);
}
