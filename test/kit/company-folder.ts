import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type Tables = Readonly<Record<string, string | null>>;

/** Three accounts that keep every rule, as CSV: a test changes the one thing it is about. */
export const soundTables = {
  accounts: `account_id,name,segment,region,owner_email
A-1,Meridian Retail,Enterprise,EMEA,l.fischer@harbourline.example
A-2,Corvid Bank,Mid-market,APAC,j.tanaka@harbourline.example
A-3,Vireo Labs,SMB,EMEA,`,
  contracts: `contract_id,account_id,start_date,end_date,arr,currency,seats,discount_pct,cancelled_on,cancel_recorded_on
C-1,A-1,2025-01-01,2027-01-01,240000,USD,100,5,,
C-2,A-2,2026-03-01,2027-03-01,60000,EUR,40,20,,
C-3,A-3,2026-06-01,2027-06-01,6000,USD,5,,,`,
  usage_daily: `account_id,day,active_users,sessions,features_used
A-1,2026-11-20,80,400,9
A-1,2026-11-21,70,350,8
A-2,2026-11-21,10,30,4`,
  support_tickets: `ticket_id,account_id,opened_at,closed_at,severity,first_response_at,response_due_at,csat
T-1,A-1,2026-11-01 09:00:00,2026-11-02 10:00:00,high,2026-11-01 10:00:00,2026-11-01 13:00:00,5
T-2,A-2,2026-11-18 09:00:00,,critical,,2026-11-18 10:00:00,`,
  survey_responses: `response_id,account_id,kind,score,responded_at,closed_loop_at
R-1,A-1,nps,9,2026-11-10 12:00:00,
R-2,A-2,nps,3,2026-11-11 12:00:00,`,
} as const satisfies Tables;

/** YAML that maps the tables as they are named; `extra` is put after it. */
export const soundConfig = (extra = ''): string => `company: Test Company
currency: { reporting: USD, rates: { EUR: 1.1 } }
warehouse: { kind: duckdb, path: warehouse }
sources:
  accounts: { table: accounts }
  contracts: { table: contracts }
  usage_daily: { table: usage_daily }
  support_tickets: { table: support_tickets }
  survey_responses: { table: survey_responses }
${extra}`;

/** A folder with a config and a warehouse of CSV files, gone when the test ends. */
export const companyFolder = (change: { tables?: Tables; config?: string } = {}) => {
  const folder = temporaryFolder();
  const warehouse = join(folder, 'warehouse');
  writeTables(warehouse, { ...soundTables, ...change.tables });
  const config = join(folder, 'holdfast.yaml');
  writeFileSync(config, change.config ?? soundConfig());
  return { folder, warehouse, config, out: join(folder, 'results') };
};

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

function writeTables(folder: string, tables: Tables): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, csv] of Object.entries(tables)) {
    if (csv === null) continue;
    writeFileSync(join(folder, `${name}.csv`), `${csv}\n`);
  }
}
