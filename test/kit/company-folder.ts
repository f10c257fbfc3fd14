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
  feature_usage: `account_id,day,feature,events
A-1,2026-11-21,reports,40
A-1,2026-11-21,alerts,9
A-1,2026-10-20,reports,30
A-2,2026-11-21,reports,2`,
  entitlements: `account_id,metric,committed,used,period_start,period_end,counts
A-1,api_calls,100000,90000,,2026-12-31,
A-1,credits,50000,30000,2026-01-01,2026-12-31,period_total
A-2,api_calls,10000,14000,,2027-02-28,level`,
  invoices: `invoice_id,account_id,due_on,amount,currency,paid_on
I-1,A-1,2026-11-01,240000,USD,2026-10-28
I-2,A-2,2026-10-01,30000,EUR,
I-3,A-3,2026-11-10,6000,USD,2026-11-09`,
  contacts: `contact_id,account_id,role,active_from,active_to
P-1,A-1,executive_sponsor,2025-01-01,
P-2,A-1,champion,2025-01-01,
P-3,A-1,admin,2025-02-01,
P-4,A-2,executive_sponsor,2026-03-01,2026-10-31
P-5,A-2,champion,2026-03-01,`,
  touchpoints: `touchpoint_id,account_id,kind,at,attendee_role
H-1,A-1,ebr,2026-11-10 10:00:00,executive_sponsor
H-2,A-1,call,2026-11-17 15:00:00,champion
H-3,A-1,meeting,2026-11-18 15:00:00,admin
H-4,A-2,email,2026-11-20 09:00:00,champion
H-5,A-2,meeting,2026-07-01 09:00:00,executive_sponsor`,
  onboarding_milestones: `account_id,milestone,due_on,completed_on
A-1,first report,2025-02-01,2025-01-20
A-2,first report,2026-04-01,2026-03-25
A-2,single sign-on,2026-05-01,`,
  success_plans: `objective_id,account_id,outcome,target,actual,unit,due_on,status,reviewed_on
O-1,A-1,Stock-outs avoided,200,210,stores,2026-09-30,met,2026-11-10
O-2,A-2,Hours saved a month,400,100,hours,2026-10-31,open,2026-07-01`,
  opportunities: `opportunity_id,account_id,kind,stage,amount,currency,close_on,outcome,contract_id,probability,stage_since,next_step,next_step_on,forecast_category
D-1,A-1,expansion,negotiation,50000,USD,2027-01-31,,,0.6,2026-11-01,Send the order form,2026-12-01,best_case
D-2,A-1,expansion,closed,20000,USD,2026-06-30,won,,,,,,
D-3,A-2,renewal,discovery,60000,EUR,2027-02-28,,C-2,0.5,2026-10-15,Agree on the price,2026-12-05,at_risk`,
  renewal_steps: `account_id,step,contract_id,started_on,completed_on,owner_email
A-1,pricing_review,C-1,2026-09-10,2026-09-24,j.lind@harbourline.example
A-1,legal_review,C-1,2026-11-02,,legal@harbourline.example
A-2,pricing_review,C-2,2026-11-16,,j.lind@harbourline.example`,
  plays: `play_id,account_id,driver,play,opened_on,due_on,closed_on,outcome,owner_email,concession,success_plan_id
L-1,A-2,sponsor_gone,find a new sponsor,2026-11-05,2026-11-30,,,j.tanaka@harbourline.example,false,
L-2,A-1,usage_decline,adoption workshop,2026-02-01,2026-03-01,2026-02-20,recovered,l.fischer@harbourline.example,false,`,
  enablement: `account_id,course,completed_on,role
A-1,Administration,2026-03-15,admin
A-1,Reporting,2026-10-01,user
A-2,Reporting,2026-11-01,user`,
  signals: `account_id,kind,at,note
A-2,competitor,2026-11-12 09:00:00,They have asked for an export of their data`,
  advocacy: `account_id,kind,at
A-1,case_study,2026-05-20 00:00:00`,
  releases: `release_id,account_id,kind,at,feature
V-1,A-1,change,2026-11-01 00:00:00,reports
V-2,A-2,retirement,2027-01-31 00:00:00,classic dashboard`,
  interviews: `account_id,held_on,reason
A-3,2026-11-15,price`,
  overrides: `account_id,band,owner_email,reason,expires_on
A-3,yellow,l.fischer@harbourline.example,New owner has asked for a review,2026-12-15`,
  team: `email,name,manager_email,region,capacity_arr,capacity_accounts
l.fischer@harbourline.example,Lena Fischer,r.okafor@harbourline.example,EMEA,2000000,20
j.tanaka@harbourline.example,Jun Tanaka,r.okafor@harbourline.example,APAC,2000000,20`,
  fx_rates: `currency,day,rate_to_reporting
${earlierRates()}
EUR,2026-11-20,1.12
EUR,2026-11-21,1.11`,
} as const satisfies Tables;

/** Of the days on which revenue is looked at, as long as somebody pays in euro. */
function earlierRates(): string {
  const months = Array.from({ length: 23 }, (_, index) => {
    const year = 2025 + Math.floor(index / 12);
    return `${year}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
  const days = months.flatMap((month) =>
    ['01', '08', '15', '22', '28'].map((day) => `${month}-${day}`),
  );
  return days.map((day) => `EUR,${day},1.1`).join('\n');
}

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
  feature_usage: { table: feature_usage }
  entitlements: { table: entitlements }
  invoices: { table: invoices }
  contacts: { table: contacts }
  touchpoints: { table: touchpoints }
  onboarding_milestones: { table: onboarding_milestones }
  success_plans: { table: success_plans }
  opportunities: { table: opportunities }
  renewal_steps: { table: renewal_steps }
  plays: { table: plays }
  enablement: { table: enablement }
  signals: { table: signals }
  advocacy: { table: advocacy }
  releases: { table: releases }
  interviews: { table: interviews }
  overrides: { table: overrides }
  team: { table: team }
  fx_rates: { table: fx_rates }
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
