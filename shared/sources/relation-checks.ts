import type { Day } from '../basics/day.ts';
import { type Counted, KNOWN, type RelationCount, readSingle } from './counted.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import type { RelationCheck } from './source.ts';
import { sqlDay, sqlName } from './sql.ts';

/**
 * What is wrong between rows: double keys, accounts that are not there, a source's own rules. `lastDay`
 * says how fresh the source is, for who needs it.
 */
export const countRelations = async (
  counted: Counted,
  lastDay: () => Promise<Day | null>,
): Promise<RelationCount[]> => {
  const { source, sql, resolved, scope } = counted;
  const accountsSql = scope.accountsSql ?? (source.id === 'accounts' ? sql : null);
  const references = Object.entries(source.columns)
    .filter(([name, column]) => column.refersTo && resolved.has(name))
    .map(([name, column]) => ({ name, severe: column.required === true }));
  const [keys, ...found] = await Promise.all([
    duplicateKeys(counted, lastDay),
    ...(accountsSql === null
      ? []
      : references.map((reference) => orphans(counted, accountsSql, reference))),
  ]);
  // Where rows share a key nobody knows which is meant, and joins by it grow without bounds.
  const own = keys.rows > 0 ? [] : (source.relations ?? []);
  const looked = own
    .filter(({ column }) => resolved.has(column))
    .map((relation) => offendersOf(counted, relation));
  return [keys, ...found, ...(await Promise.all(looked))];
};

/** Counts the rows that break a rule between rows, unless a cheaper look says that none can. */
async function offendersOf(
  { source, sql, scope, warehouse }: Counted,
  { offenders, suspects, ...check }: RelationCheck,
): Promise<RelationCount> {
  const known = `(SELECT * FROM (${sql}) source_rows WHERE ${KNOWN})`;
  const count = async (name: string, found: string): Promise<number> => {
    const counted = `SELECT CAST(count(*) AS BIGINT) AS row_count FROM (${found}) found`;
    return Number((await readSingle(warehouse, `${source.id}-${name}`, counted)).row_count);
  };
  const asOf = sqlDay(scope.asOf);
  const keys = offenders(known, asOf);
  const offends = `${sqlName(source.key[0] ?? '')} IN (${keys})`;
  const isSound = suspects && (await count(`${check.id}-suspects`, suspects(known, asOf))) === 0;
  return { check: { ...check, offends }, rows: isSound ? 0 : await count(check.id, keys) };
}

/** Counted by account before they are looked up: a daily feed has a hundred rows of each. */
async function orphans(
  { source, sql, scope, warehouse }: Counted,
  accountsSql: string,
  { name, severe }: { name: string; severe: boolean },
): Promise<RelationCount> {
  const column = sqlName(name);
  const row = await readSingle(
    warehouse,
    `${source.id}-${name}-orphans`,
    `SELECT CAST(coalesce(sum(times) FILTER (WHERE a.account_id IS NULL), 0) AS BIGINT) AS row_count,
       CAST(coalesce(sum(times), 0) AS BIGINT) AS whole
     FROM (
       SELECT ${column} AS account_id, count(*) AS times FROM (${sql}) source_rows
       WHERE ${KNOWN} AND ${column} IS NOT NULL
       GROUP BY ${column}
     ) s
     LEFT JOIN (SELECT DISTINCT account_id FROM (${accountsSql}) known_accounts) a
       ON a.account_id = s.account_id`,
  );
  const rows = Number(row.row_count);
  const tooMany = severe && rows > scope.orphanShare * Number(row.whole);
  const check = {
    id: 'orphan',
    column: name,
    severity: tooMany ? ('broken' as const) : ('warning' as const),
    offends: `${column} IS NOT NULL AND ${column} NOT IN (SELECT account_id FROM (${accountsSql}) known_accounts WHERE account_id IS NOT NULL)`,
    found: 'accounts that are not in accounts',
    expected: `an account_id of accounts${severe ? ` in all but ${scope.orphanShare * 100} % of rows` : ''}`,
    fix: 'Add the accounts, or correct the ids; until then these rows count for nobody.',
  };
  return { check, rows };
}
