import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sourceIds } from '../../shared/sources/index.ts';
import { sqlName, sqlText } from '../../shared/sources/sql.ts';

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
  feature_usage: [
    ['account_id', "'acc-nobody'"],
    ['day', "DATE '2026-11-22'"],
    ['day', "DATE '2999-12-31'"],
    ['feature', "'It''s “Ünïcode” 😀 ～'"],
    ['events', "'0'"],
    ['events', "'1e2'"],
  ],
  entitlements: [
    ['account_id', "'acc-nobody'"],
    ['metric', "'Ünïcode 😀'"],
    ['committed', '0E0'],
    ['committed', '0.1E0'],
    ['used', '0E0'],
    ['used', '33.333333333333336E0'],
    ['period_start', "DATE '2026-11-22'"],
    ['counts', 'NULL'],
    ['period_end', "DATE '2026-11-21'"],
    ['period_end', "DATE '2026-11-22'"],
    ['period_end', 'NULL'],
  ],
  invoices: [
    ['account_id', "'acc-nobody'"],
    ['due_on', "DATE '2026-11-21'"],
    ['due_on', "DATE '2026-11-22'"],
    ['due_on', "DATE '1950-02-28'"],
    ['amount', '0.005'],
    ['amount', '-10.00'],
    ['amount', '1234567890.12'],
    ['paid_on', "DATE '2026-11-22'"],
    ['paid_on', 'NULL'],
  ],
  contacts: [
    ['account_id', "'acc-nobody'"],
    ['active_from', "DATE '2026-11-21'"],
    ['active_from', "DATE '2026-11-22'"],
    ['active_from', 'NULL'],
    ['active_to', "DATE '2026-11-21'"],
    ['active_to', "DATE '2026-11-22'"],
    ['active_to', "DATE '1950-02-28'"],
    ['active_to', 'NULL'],
  ],
  touchpoints: [
    ['account_id', "'acc-nobody'"],
    ['at', "TIMESTAMP '2026-11-21 23:59:59.999999'"],
    ['at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['at', "TIMESTAMP '1950-02-28 12:00:00'"],
    ['attendee_role', 'NULL'],
    ['attendee_role', "''"],
    ['attendee_role', "'Ünïcode 😀'"],
  ],
  onboarding_milestones: [
    ['account_id', "'acc-nobody'"],
    ['milestone', "'It''s “Ünïcode” 😀 ～'"],
    ['due_on', "DATE '2026-11-21'"],
    ['due_on', "DATE '2026-11-22'"],
    ['due_on', "DATE '2999-12-31'"],
    ['completed_on', "DATE '2026-11-22'"],
    ['completed_on', 'NULL'],
  ],
  success_plans: [
    ['account_id', "'acc-nobody'"],
    ['outcome', "'It''s “Ünïcode” 😀 ～'"],
    ['target', '0E0'],
    ['target', '-5E0'],
    ['target', '3E0'],
    ['actual', '-5E0'],
    ['actual', '1E0'],
    ['actual', 'NULL'],
    ['due_on', "DATE '2026-11-21'"],
    ['due_on', "DATE '2026-11-22'"],
    ['due_on', 'NULL'],
    ['status', "'missed'"],
    ['status', 'NULL'],
    ['reviewed_on', "DATE '2026-11-22'"],
  ],
  opportunities: [
    ['account_id', "'acc-nobody'"],
    ['amount', 'NULL'],
    ['amount', '0.005'],
    ['close_on', "DATE '2026-11-22'"],
    ['close_on', 'NULL'],
    ['outcome', "'won'"],
    ['outcome', 'NULL'],
    ['probability', '0.1E0'],
    ['stage_since', "DATE '2026-11-22'"],
    ['next_step', "'Ünïcode 😀'"],
    ['next_step_on', "DATE '2999-12-31'"],
    ['forecast_category', 'NULL'],
  ],
  renewal_steps: [
    ['account_id', "'acc-nobody'"],
    ['contract_id', 'NULL'],
    ['started_on', "DATE '2026-11-21'"],
    ['started_on', "DATE '2026-11-22'"],
    ['started_on', 'NULL'],
    ['completed_on', "DATE '2026-11-22'"],
    ['completed_on', 'NULL'],
  ],
  plays: [
    ['account_id', "'acc-nobody'"],
    ['driver', "'moonlight'"],
    ['driver', "'compliance_security'"],
    ['opened_on', "DATE '2026-11-21'"],
    ['opened_on', "DATE '2026-11-22'"],
    ['due_on', "DATE '2026-11-21'"],
    ['closed_on', "DATE '2026-11-22'"],
    ['concession', "'yes'"],
    ['concession', "'N'"],
  ],
  enablement: [
    ['account_id', "'acc-nobody'"],
    ['completed_on', "DATE '2026-11-22'"],
    ['completed_on', "DATE '1950-02-28'"],
    ['role', "'admin'"],
    ['role', 'NULL'],
  ],
  signals: [
    ['account_id', "'acc-nobody'"],
    ['kind', "'security'"],
    ['kind', "'acquisition'"],
    ['at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['at', "TIMESTAMP '2026-07-25 00:00:00'"],
    ['note', "'It''s “Ünïcode” 😀 ～'"],
    ['note', 'NULL'],
  ],
  advocacy: [
    ['account_id', "'acc-nobody'"],
    ['at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['at', "TIMESTAMP '2025-11-22 00:00:00'"],
  ],
  releases: [
    ['account_id', "'acc-nobody'"],
    ['kind', "'retirement'"],
    ['at', "TIMESTAMP '2026-11-21 23:59:59.999999'"],
    ['at', "TIMESTAMP '2026-11-22 00:00:00'"],
    ['at', "TIMESTAMP '2999-12-31 00:00:00'"],
    ['feature', "'It''s “Ünïcode” 😀 ～'"],
    ['feature', 'NULL'],
  ],
  interviews: [
    ['account_id', "'acc-nobody'"],
    ['held_on', "DATE '2026-11-22'"],
    ['held_on', 'NULL'],
    ['reason', 'NULL'],
  ],
  overrides: [
    ['account_id', "'acc-nobody'"],
    ['reason', "'It''s “Ünïcode” 😀 ～'"],
    ['expires_on', "DATE '2026-11-22'"],
    ['expires_on', "DATE '2026-11-23'"],
    ['expires_on', "DATE '2999-12-31'"],
  ],
  team: [
    ['name', "'It''s “Ünïcode” 😀 ～'"],
    ['capacity_arr', 'NULL'],
    ['capacity_accounts', 'NULL'],
  ],
  fx_rates: [
    ['currency', "'XTS'"],
    ['day', "DATE '2026-11-22'"],
    ['rate_to_reporting', '33.333333333333336E0'],
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
  feature_usage: [
    AGAIN,
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['day', "'today'"],
    ['feature', "''"],
    ['events', 'NULL'],
    ['events', "'-1'"],
  ],
  entitlements: [
    AGAIN,
    ['account_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['committed', '-1E0'],
    ['used', 'NULL'],
    ['period_end', "'never'"],
    ['counts', "'sheep'"],
  ],
  invoices: [
    AGAIN,
    AGAIN,
    AGAIN,
    ['due_on', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['due_on', "'1950-01-01'"],
    ['due_on', "'soon'"],
    ['amount', "'lots'"],
    ['currency', "'XTS'"],
    ['paid_on', "'2026-02-30'"],
  ],
  contacts: [
    AGAIN,
    ['contact_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['role', "'boss'"],
    ['active_from', "'2026-01-01'"],
    ['active_to', "'2025-12-31'"],
    ['active_to', "'1950-01-01'"],
    ['active_to', "'never'"],
  ],
  touchpoints: [
    AGAIN,
    ['touchpoint_id', "''"],
    ['account_id', "'acc-nobody'"],
    ['kind', "'fax'"],
    ['at', 'NULL'],
    ['at', "'yesterday'"],
    ['at', "'1950-01-01 00:00:00'"],
  ],
  onboarding_milestones: [
    AGAIN,
    ['account_id', "'acc-nobody'"],
    ['milestone', 'NULL'],
    ['due_on', "'soon'"],
    ['due_on', "'2999-12-31'"],
    ['completed_on', "'not yet'"],
  ],
  success_plans: [
    AGAIN,
    ['objective_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['target', '0E0'],
    ['target', "CAST('NaN' AS DOUBLE)"],
    ['status', "'half done'"],
    ['due_on', "'soon'"],
  ],
  opportunities: [
    AGAIN,
    ['opportunity_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['kind', "'upsell'"],
    ['outcome', "'maybe'"],
    ['currency', "'XTS'"],
    ['probability', '1.5E0'],
    ['forecast_category', "'hopeful'"],
  ],
  renewal_steps: [
    AGAIN,
    ['step', 'NULL'],
    ['step', "'prayer'"],
    ['account_id', "'acc-nobody'"],
    ['completed_on', "'1999-12-31'"],
    ['started_on', "'2999-12-31'"],
  ],
  plays: [
    AGAIN,
    ['play_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['driver', "'moonlight'"],
    ['opened_on', "'1950-01-01'"],
    ['closed_on', "'never'"],
    ['concession', "'perhaps'"],
  ],
  enablement: [
    AGAIN,
    ['account_id', "'acc-nobody'"],
    ['course', 'NULL'],
    ['completed_on', "'1950-01-01'"],
    ['completed_on', "'never'"],
    ['role', 'NULL'],
  ],
  signals: [
    AGAIN,
    ['account_id', "'acc-nobody'"],
    ['kind', "'rumour'"],
    ['at', 'NULL'],
    ['at', "TIMESTAMP '1950-01-01 00:00:00'"],
  ],
  advocacy: [AGAIN, ['account_id', "'acc-nobody'"], ['kind', "'applause'"], ['at', 'NULL']],
  releases: [
    AGAIN,
    ['release_id', 'NULL'],
    ['account_id', "'acc-nobody'"],
    ['kind', "'launch'"],
    ['at', "TIMESTAMP '2999-01-01 00:00:00'"],
  ],
  interviews: [
    AGAIN,
    ['account_id', "'acc-nobody'"],
    ['account_id', 'NULL'],
    ['held_on', "'later'"],
  ],
  overrides: [
    AGAIN,
    ['account_id', "'acc-nobody'"],
    ['band', "'blue'"],
    ['owner_email', "''"],
    ['expires_on', "'never'"],
    ['expires_on', "'2999-01-01'"],
  ],
  team: [AGAIN, ['email', 'NULL'], ['capacity_arr', "'lots'"], ['capacity_accounts', "'-1'"]],
  fx_rates: [
    AGAIN,
    ['currency', 'NULL'],
    ['day', "'today'"],
    ['rate_to_reporting', '0E0'],
    ['rate_to_reporting', '1E9'],
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

/** Tables of which a small company has too few rows to spoil, made of its accounts. */
const sparse: Readonly<Record<string, string>> = {
  plays: `'p-' || account_id AS play_id, account_id, 'silence' AS driver, 'call' AS play,
    DATE '2026-10-01' AS opened_on, DATE '2026-12-01' AS due_on, CAST(NULL AS DATE) AS closed_on,
    true AS concession, CAST(NULL AS VARCHAR) AS success_plan_id`,
  signals: `account_id, 'budget' AS kind, TIMESTAMP '2026-10-01 09:00:00' AS "at", 'A cut' AS note`,
  advocacy: `account_id, 'reference' AS kind, TIMESTAMP '2026-10-01 09:00:00' AS "at"`,
  interviews: `account_id, DATE '2026-10-01' AS held_on, 'price' AS reason`,
  overrides: `account_id, 'green' AS band, 'a@b.example' AS owner_email, 'Signed' AS reason,
    DATE '2026-12-31' AS expires_on`,
};

/** Copies a company of Parquet files, with faults put into its first rows. */
export const writeFaultyCompany = async (from: string, to: string, faults: Faults) => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const parquet = (table: string) => `read_parquet(${sqlText(join(from, `${table}.parquet`))})`;
  try {
    for (const table of sourceIds) {
      const made = sparse[table];
      const source = made ? `(SELECT ${made} FROM ${parquet('accounts')})` : parquet(table);
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
    const quoted = sqlName(column);
    const sound = isText ? `CAST(${quoted} AS VARCHAR)` : quoted;
    return `CASE nth ${cases.join(' ')} ELSE ${sound} END AS ${quoted}`;
  });
  const again = faults.flatMap((fault, index) => (fault === AGAIN ? [index + 1] : []));
  // A daily feed has its faults in the days that are read.
  const latest = columns.includes('day') ? 'ORDER BY day DESC' : '';
  return `WITH numbered AS (SELECT *, row_number() OVER (${latest}) AS nth FROM ${source})
    SELECT * EXCLUDE (nth) REPLACE (${replaced.join(', ')}) FROM (
      SELECT * FROM numbered
      UNION ALL SELECT * FROM numbered WHERE nth IN (${[0, ...again].join(', ')})
    ) faulty`;
}
