import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from '../../shared/sources/sql.ts';

/** Column and the SQL of the value that is put into it, each into a row of its own; or AGAIN. */
export type Fault = readonly [column: string, value: string];
/** A row that stands twice. */
const AGAIN: Fault = ['*', 'again'];

export type Faults = Readonly<Record<string, readonly Fault[]>>;

/** What may be said of a company that still can be scored. Each is a warning, or not even that. */
export const untidy: Faults = {
  accounts: [
    ['parent_account_id', "'acc-nobody'"],
    ['created_on', "DATE '1950-02-28'"],
    ['created_on', "DATE '2999-12-31'"],
    ['created_on', 'NULL'],
    ['owner_email', "''"],
    ['segment', "''"],
    ['name', "'It''s “Ünïcode” 😀 ～; -- no comment'"],
    ['entitled_seats', 'NULL'],
    ['strategic', 'NULL'],
  ],
  contracts: [
    ['arr', '0'],
    ['arr', '0.005'],
    ['arr', '1234567890.12'],
    ['arr', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['start_date', "DATE '1950-02-28'"],
    ['end_date', "DATE '2999-12-31'"],
    ['term_months', '7'],
    ['term_months', '0'],
    ['signed_on', "DATE '2999-12-31'"],
    ['seats', '2.0E0'],
    ['seats', '0.0E0'],
    ['seats', 'NULL'],
    ['auto_renew', "'yes'"],
    ['auto_renew', "'N'"],
    ['discount_pct', 'NULL'],
    ['discount_pct', '33.333333333333336E0'],
    ['cancelled_on', "DATE '2026-11-22'"],
    ['cancelled_on', "DATE '2027-01-31'"],
  ],
  usage_daily: [
    ['account_id', "'acc-nobody'"],
    ['day', "DATE '2026-11-22'"],
    ['day', "DATE '2999-12-31'"],
    ['sessions', 'NULL'],
    ['active_users', "'12.0'"],
    ['active_users', "' 7 '"],
    ['active_users', "'1e2'"],
    ['active_users', 'NULL'],
    ['features_used', 'NULL'],
  ],
  support_tickets: [
    ['account_id', "'acc-nobody'"],
    ['closed_at', "TIMESTAMP '1999-12-31 23:59:59'"],
    ['closed_at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['opened_at', "TIMESTAMP '2026-11-21 23:59:59.999999'"],
    ['opened_at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['first_response_at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['response_due_at', "TIMESTAMP '2026-11-21 23:59:59.999'"],
    ['severity', 'NULL'],
    ['csat', 'NULL'],
  ],
  survey_responses: [
    ['account_id', "'acc-nobody'"],
    ['responded_at', "TIMESTAMP '2026-05-26 00:00:00'"],
    ['responded_at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['closed_loop_at', "'2026-11-22 00:00:00'"],
    ['closed_loop_at', "'2026-11-20T10:00:00Z'"],
    ['closed_loop_at', "'2026-11-20T10:00:00.25'"],
    ['closed_loop_at', 'NULL'],
    ['score', '4.5E0'],
    ['score', '3.25E0'],
  ],
};

/** What breaks every source but accounts, so that all their checks find something. */
export const brokenFacts: Faults = {
  contracts: [
    ['contract_id', 'NULL'],
    ['contract_id', "''"],
    ['contract_id', "'con-twice'"],
    ['contract_id', "'con-twice'"],
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['account_id', "'acc-no''body'"],
    ['start_date', 'NULL'],
    ['start_date', "'soon'"],
    ['start_date', "'2026-02-30'"],
    ['end_date', "'1950-01-01'"],
    ['end_date', "'2999-12-31'"],
    ['arr', "'-500.50'"],
    ['seats', "'2.5'"],
    ['arr', "'lots'"],
    ['arr', "'0.00'"],
    ['total_value', "'1,000'"],
    ['currency', 'NULL'],
    ['currency', "''"],
    ['currency', "'XTS'"],
    ['seats', "'many'"],
    ['term_months', "'a year'"],
    ['auto_renew', "'maybe'"],
    ['discount_pct', "'ten'"],
    ['signed_on', "'2026-13-01'"],
    ['cancelled_on', "'never'"],
  ],
  usage_daily: [
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['day', 'NULL'],
    ['day', "'today'"],
    ['day', "'1950-01-01'"],
    ['active_users', "'-3'"],
    ['sessions', "'-7'"],
    ['sessions', "'none'"],
    ['features_used', "'?'"],
    AGAIN,
  ],
  support_tickets: [
    ['ticket_id', 'NULL'],
    ['ticket_id', "'tic-twice'"],
    ['ticket_id', "'tic-twice'"],
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['opened_at', 'NULL'],
    ['opened_at', "'yesterday'"],
    ['opened_at', "'1950-01-01 00:00:00'"],
    ['closed_at', "'1999-12-31 23:59:59'"],
    ['closed_at', "'2999-12-31 23:59:59'"],
    ['severity', "'urgent'"],
    ['csat', "'7'"],
    ['csat', "'good'"],
    ['escalated', "'perhaps'"],
  ],
  survey_responses: [
    ['response_id', "''"],
    AGAIN,
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['kind', "'ces'"],
    ['kind', 'NULL'],
    ['score', "CAST('NaN' AS DOUBLE)"],
    ['score', '11E0'],
    ['score', '-1.5E0'],
    ['score', 'NULL'],
    ['responded_at', 'NULL'],
    ['responded_at', "TIMESTAMP '1950-01-01 00:00:00'"],
  ],
};

/** What breaks accounts; no other source can then be asked for orphans. */
export const brokenAccounts: Faults = {
  accounts: [
    ['account_id', 'NULL'],
    ['account_id', "'acc-twice'"],
    ['account_id', "'acc-twice'"],
    ['name', 'NULL'],
    ['name', "''"],
    ['parent_account_id', "'acc-nobody'"],
    ['strategic', "'maybe'"],
    ['created_on', "'long ago'"],
    ['created_on', "'2999-12-31'"],
    ['entitled_seats', "'plenty'"],
  ],
};

const TABLES = ['accounts', 'contracts', 'usage_daily', 'support_tickets', 'survey_responses'];

/** Copies a company of Parquet files, with faults put into its first rows. */
export const writeFaultyCompany = async (from: string, to: string, faults: Faults) => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const table of TABLES) {
      const source = `read_parquet(${sqlText(join(from, `${table}.parquet`))})`;
      const sql = faultySelect(source, faults[table] ?? []);
      const target = sqlText(join(to, `${table}.parquet`));
      await connection.run(`COPY (${sql}) TO ${target} (FORMAT parquet)`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

function faultySelect(source: string, faults: readonly Fault[]): string {
  if (faults.length === 0) return `SELECT * FROM ${source}`;
  const columns = [...new Set(faults.map(([column]) => column))].filter((name) => name !== '*');
  const replaced = columns.map((column) => {
    const mine = faults.map(([name, value], index) => ({ name, value, row: index + 1 }));
    const cases = mine
      .filter(({ name }) => name === column)
      .map(({ value, row }) => `WHEN ${row} THEN ${value}`);
    const isText = mine.some(({ name, value }) => name === column && value.startsWith("'"));
    const sound = isText ? `CAST(${column} AS VARCHAR)` : column;
    return `CASE nth ${cases.join(' ')} ELSE ${sound} END AS ${column}`;
  });
  const again = faults.flatMap((fault, index) => (fault === AGAIN ? [index + 1] : []));
  return `WITH numbered AS (SELECT *, row_number() OVER () AS nth FROM ${source})
    SELECT * EXCLUDE (nth) REPLACE (${replaced.join(', ')}) FROM (
      SELECT * FROM numbered
      UNION ALL SELECT * FROM numbered WHERE nth IN (${[0, ...again].join(', ')})
    ) faulty`;
}
