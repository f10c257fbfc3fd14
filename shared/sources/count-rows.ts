import { type Day, toDay } from '../basics/day.ts';
import { plainText } from '../basics/text.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { InspectScope } from './inspect-source.ts';
import type { ResolvedColumns } from './mapping.ts';
import { type PlannedCheck, plannedChecks } from './row-checks.ts';
import type { Source } from './source.ts';

export interface Counts {
  readonly rows: number;
  /** With those not yet known on the day. */
  readonly everyRow: number;
  readonly lastDay: Day | null;
  /** Offending rows, in the order of plannedChecks. */
  readonly byCheck: readonly number[];
  /** Checks that look at more than one row: keys, and accounts referred to. */
  readonly relations: readonly { readonly check: PlannedCheck; readonly rows: number }[];
}

/** A source and what it takes to count in it. */
export interface Counted {
  readonly source: Source;
  readonly sql: string;
  readonly resolved: ResolvedColumns;
  readonly scope: InspectScope;
  readonly warehouse: Warehouse;
}

const KNOWN = 'coalesce(known, true)';

/** The column that says how fresh a source is, if there is one. */
export const freshColumn = (source: Source, resolved: ResolvedColumns): string | undefined =>
  source.freshBy ?? (resolved.has('recorded_at') ? 'recorded_at' : undefined);

/** One pass over a source for all row checks, and one each for its keys and its references. */
export const countRows = async (counted: Counted): Promise<Counts> => {
  const { source, sql, resolved, scope, warehouse } = counted;
  const checks = plannedChecks(source, resolved, scope);
  const fresh = freshColumn(source, resolved);
  const [row, relations] = await Promise.all([
    single(
      warehouse,
      `${source.id}-checks`,
      [
        `SELECT CAST(count_if(${KNOWN}) AS BIGINT) AS row_count`,
        '  CAST(count(*) AS BIGINT) AS every_row_count',
        `  CAST(${fresh ? `max(${fresh}) FILTER (WHERE known)` : 'NULL'} AS DATE) AS last_day`,
        ...checks.map(
          (check, index) => `  CAST(count_if(${scoped(check)}) AS BIGINT) AS check_${index}`,
        ),
      ]
        .join(',\n')
        .concat(`\nFROM (${sql}) source_rows`),
    ),
    countRelations(counted),
  ]);
  return {
    rows: Number(row.row_count),
    everyRow: Number(row.every_row_count),
    lastDay: row.last_day ? toDay(String(row.last_day)) : null,
    byCheck: checks.map((_, index) => Number(row[`check_${index}`])),
    relations,
  };
};

async function countRelations({ source, sql, resolved, scope, warehouse }: Counted) {
  const references = Object.entries(source.columns)
    .filter(([name, column]) => column.refersTo && resolved.has(name))
    .map(([name, column]) => ({ name, severe: column.required === true }));
  const { accountsSql } = scope;
  const accountsRows = accountsSql ?? (source.id === 'accounts' ? sql : null);
  return Promise.all([
    duplicates(source, sql, warehouse),
    ...(accountsRows === null
      ? []
      : references.map((reference) =>
          orphans(source, sql, accountsRows, reference, scope, warehouse),
        )),
  ]);
}

async function duplicates(source: Source, sql: string, warehouse: Warehouse) {
  const keys = source.key.join(', ');
  // One text for a key of two columns: Trino takes (SELECT (a, b)) for a row within a row.
  const key = source.key.map((column) => `CAST(${column} AS VARCHAR)`).join(` || '/' || `);
  const offends = `(${key}) IN (SELECT ${key} FROM (${sql}) twice WHERE ${KNOWN} GROUP BY ${keys} HAVING count(*) > 1)`;
  const row = await single(
    warehouse,
    `${source.id}-keys`,
    `SELECT CAST(coalesce(sum(times), 0) AS BIGINT) AS row_count
     FROM (SELECT count(*) AS times FROM (${sql}) source_rows
       WHERE ${KNOWN} AND ${source.key.map((key) => `${key} IS NOT NULL`).join(' AND ')}
       GROUP BY ${keys} HAVING count(*) > 1) repeated`,
  );
  const check: PlannedCheck = {
    id: 'duplicate_key',
    column: keys,
    severity: 'broken',
    offends,
    found: 'a key that another row has too',
    expected: `${source.grain}, so ${keys} unique`,
    fix: 'Remove the duplicates, or pick one row for each key in a select.',
  };
  return { check, rows: Number(row.row_count) };
}

async function orphans(
  source: Source,
  sql: string,
  accountsSql: string,
  { name, severe }: { name: string; severe: boolean },
  scope: InspectScope,
  warehouse: Warehouse,
) {
  const row = await single(
    warehouse,
    `${source.id}-${name}-orphans`,
    `SELECT CAST(count_if(a.account_id IS NULL) AS BIGINT) AS row_count,
       CAST(count(*) AS BIGINT) AS whole
     FROM (${sql}) s LEFT JOIN (SELECT DISTINCT account_id FROM (${accountsSql}) known_accounts) a
       ON a.account_id = s.${name}
     WHERE coalesce(s.known, true) AND s.${name} IS NOT NULL`,
  );
  const rows = Number(row.row_count);
  const tooMany = severe && rows > scope.orphanShare * Number(row.whole);
  const check: PlannedCheck = {
    id: 'orphan',
    column: name,
    severity: tooMany ? 'broken' : 'warning',
    offends: `${name} IS NOT NULL AND ${name} NOT IN (SELECT account_id FROM (${accountsSql}) known_accounts WHERE account_id IS NOT NULL)`,
    found: 'accounts that are not in accounts',
    expected: `an account_id of accounts${severe ? ` in all but ${scope.orphanShare * 100} % of rows` : ''}`,
    fix: 'Add the accounts, or correct the ids; until then these rows count for nobody.',
  };
  return { check, rows };
}

/** Up to three offending rows, by key, with the value that offends where there is one. */
export const examplesOf = async ({
  source,
  sql,
  check,
  warehouse,
}: Pick<Counted, 'source' | 'sql' | 'warehouse'> & { check: PlannedCheck }): Promise<string[]> => {
  const shown = [
    ...new Set([...source.key, ...('account_id' in source.columns ? ['account_id'] : [])]),
  ];
  const keyIsRead = shown.includes(check.column) && check.id !== 'unreadable';
  const value = check.column in source.columns && !keyIsRead ? check.column : null;
  const columns = [
    ...shown.map((name) => `CAST(${name} AS VARCHAR) AS ${name}`),
    ...(value ? [`CAST(raw_${value} AS VARCHAR) AS raw_${value}`] : []),
  ];
  const order = columns.map((_, index) => index + 1).join(', ');
  const { rows } = await warehouse.read({
    name: `${source.id}-${check.id}-examples`,
    sql: `SELECT DISTINCT ${columns.join(', ')} FROM (${sql}) source_rows
      WHERE ${scoped(check)} ORDER BY ${order} LIMIT 3`,
  });
  return rows.map((row) => {
    const keys = shown.map((name) => plainText(String(row[name] ?? 'null'), 40)).join(' / ');
    return value ? `${keys} (${value} ${shownValue(row[`raw_${value}`])})` : keys;
  });
};

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

function scoped(check: PlannedCheck): string {
  return check.everyRow ? `(${check.offends})` : `${KNOWN} AND (${check.offends})`;
}

async function single(warehouse: Warehouse, name: string, sql: string) {
  const { rows } = await warehouse.read({ name, sql });
  return rows[0] ?? {};
}
