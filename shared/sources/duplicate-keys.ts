import { addDays, type Day } from '../basics/day.ts';
import { type Counted, KNOWN, type RelationCount, readSingle } from './counted.ts';
import type { Source } from './source.ts';
import { sqlDay, sqlName } from './sql.ts';

/**
 * Rows whose key another row has too. An optional column of the key may be empty in both. Of a daily
 * feed only the days that a run reads: there is a hundred times as much of it as of all the rest.
 */
export const duplicateKeys = async (
  { source, sql, warehouse }: Counted,
  lastDay: () => Promise<Day | null>,
): Promise<RelationCount> => {
  const columns = source.key.map(sqlName).join(', ');
  const key = keyText(source);
  const daily = await dailyKey(source, lastDay);
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
  /** The column of the day. */
  readonly day: string;
  /** The columns that tell apart what stands on one day. */
  readonly others: readonly string[];
  readonly from: Day;
  readonly days: number;
}

async function dailyKey(
  { key, columns, daysRead }: Source,
  lastDay: () => Promise<Day | null>,
): Promise<DailyKey | null> {
  const last = daysRead === undefined ? null : await lastDay();
  if (daysRead === undefined || last === null) return null;
  const isDay = (name: string) => columns[name]?.type === 'day';
  const [day = ''] = key.filter(isDay);
  const others = key.filter((name) => !isDay(name)).map(sqlName);
  return { day: sqlName(day), others, from: addDays(last, 1 - daysRead), days: daysRead };
}

/** Days that are bits of one number, which stays exact as long as it has fewer than 53. */
const DAYS_PER_WORD = 42;

/**
 * A daily feed has more keys than an engine likes to hold at once. So each day is a bit first, and
 * the bits are added up: where a day stands twice one is carried, and fewer bits are left than there
 * were rows. Only what is found so is looked at day by day.
 */
function suspects({ day, others, from, days }: DailyKey, rows: string): string {
  const nth = `date_diff('day', ${sqlDay(from)}, ${day})`;
  const bits = Array.from({ length: Math.ceil(days / DAYS_PER_WORD) }, (_, word) => {
    const first = word * DAYS_PER_WORD;
    const isIn = `${nth} >= ${first} AND ${nth} < ${first + DAYS_PER_WORD}`;
    const sum = `coalesce(sum(CASE WHEN ${isIn} THEN power(2E0, ${nth} - ${first}) END), 0E0)`;
    return `length(replace(to_base(CAST(${sum} AS BIGINT), 2), '0', ''))`;
  });
  const [of = ''] = others;
  return `${of} IN (
         SELECT ${of} FROM (${rows}) dated
         GROUP BY ${others.join(', ')}
         HAVING ${bits.join('\n           + ')} < count(*)
       )`;
}

/** One text for a key of several columns: Trino takes (SELECT (a, b)) for a row within a row. */
function keyText({ key, columns }: Source): string {
  return key
    .map((name) => ({ name, text: `CAST(${sqlName(name)} AS VARCHAR)` }))
    .map(({ name, text }) => (columns[name]?.required ? text : `coalesce(${text}, '')`))
    .join(` || '/' || `);
}
