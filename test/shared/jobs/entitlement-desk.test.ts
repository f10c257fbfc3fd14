import { expect, test } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import { entitlementQuery } from '../../../shared/features/entitlement-query.ts';
import {
  type EntitlementCounts,
  writeEntitlements,
} from '../../../shared/jobs/entitlement-desk.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import type { PastDay } from '../../../shared/jobs/past-days.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import { entitlementStatus } from '../../../shared/publish/entitlement-tables.ts';
import type { Manifest } from '../../../shared/publish/manifest.ts';
import { writeTables } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { definitionsOf, runOf } from '../../../shared/publish/run-key.ts';
import { openCompany } from '../../kit/features-of.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { silentProgress } from '../../kit/silent-progress.ts';
import { trinoComplaints } from '../../sql/trino-rules.ts';

const asOf = toDay('2026-11-22');
const before = addDays(asOf, -28);

const companyWith = (rows: readonly string[] | null) =>
  openCompany({
    tables: {
      accounts: `account_id,name,segment,region,owner_email,parent_account_id
A-1,Meridian Retail,Enterprise,EMEA,l.fischer@harbourline.example,
A-1-B,Meridian Online,Enterprise,EMEA,,A-1
A-2,Corvid Bank,Mid-market,APAC,j.tanaka@harbourline.example,`,
      contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,2025-01-01,2027-01-01,240000,USD`,
      ...(rows && {
        entitlements: [
          'account_id,metric,committed,used,period_start,period_end,counts',
          ...rows,
        ].join('\n'),
      }),
    },
  });

interface Night {
  readonly asOf: Day;
  readonly rows: readonly string[] | null;
  readonly baseline?: PastDay;
}

/** One run over a few lines of CSV, and what it leaves for the next one. */
const nightOf = async (store: ObjectStore, { asOf, rows, baseline }: Night) => {
  const { config, warehouse } = await companyWith(rows);
  const states = await inspectSources({ config, asOf, warehouse });
  const definitions = definitionsOf('test-1', {});
  const run = runOf({ job: 'track-renewals', asOf, config: {}, definitions, revision: 1 });
  let counts: EntitlementCounts | undefined;
  const files = await writeTables(store, run, { entitlementStatus }, async (open) => {
    const policy = config.renewals.entitlements;
    const stream = { asOf, config, policy, states, run, baseline: baseline ?? null };
    const ports = { warehouse, store, progress: silentProgress };
    counts = await writeEntitlements(open.entitlementStatus, stream, ports);
  });
  await warehouse.close();
  const written = await readTable(store, entitlementStatus, { path: files[0]?.path ?? '' });
  return { counts, rows: written ?? [], day: { asOf, manifest: { files } as Manifest } };
};

const credits = (account: string, used: number, end = '2027-05-05') =>
  `${account},credits,160000,${used},2026-05-06,${end},period_total`;

test('each metric that runs is written once, with whose it is, in the order of accounts', async () => {
  const night = await nightOf(memoryObjectStore(), {
    asOf,
    rows: [
      'A-2,seats,40,38,,2027-03-01,',
      'A-1-B,seats,50,10,,,level',
      'A-1,seats,100,60,,2026-12-31,level',
      'A-1,api calls,100,80,,2026-11-21,level',
      'A-1,Ünïcode 😀,100,80,,2026-11-22,level',
      credits('A-1', 140_000),
    ],
  });
  expect(night.rows.map(({ account_id, metric, status }) => [account_id, metric, status])).toEqual([
    ['A-1', 'credits', 'bill_shock_ahead'],
    ['A-1', 'seats', 'within'],
    ['A-1', 'Ünïcode 😀', 'within'],
    ['A-1-B', 'seats', 'idle'],
    ['A-2', 'seats', 'saturated'],
  ]);
  expect(night.counts).toEqual({ metrics: 5, shocks: 1, saturated: 1 });
  expect(night.rows[0]).toMatchObject({
    name: 'Meridian Retail',
    segment_name: 'Enterprise',
    owner_email: 'l.fischer@harbourline.example',
    period_end: '2027-05-05',
    days_left: 165,
    method: 'pace since the period began',
    exceeds_on: '2026-12-20',
    signal: 'bill_shock',
  });
  expect(night.rows[3]).toMatchObject({ ultimate_parent_id: 'A-1', period_end: null });
});

test('the pace since the earlier day counts, of the same metric and period alone', async () => {
  const store = memoryObjectStore();
  const first = await nightOf(store, {
    asOf: before,
    rows: [
      credits('A-1', 40_000),
      'A-1,seats,100,60,,2026-12-31,level',
      'A-1-B,seats,50,10,,2026-12-31,level',
      credits('A-2', 150_000, '2026-11-20'),
    ],
  });
  const { rows } = await nightOf(store, {
    asOf,
    baseline: first.day,
    rows: [
      credits('A-1', 110_000),
      'A-1,seats,100,74,,2026-12-31,level',
      'A-1,rooms,10,5,,2026-12-31,level',
      'A-2,credits,160000,2000,2026-11-21,2027-11-20,period_total',
    ],
  });
  expect(rows.map(({ account_id, metric, method }) => [account_id, metric, method])).toEqual([
    ['A-1', 'credits', `pace since ${before}`],
    ['A-1', 'rooms', 'level as it stands'],
    ['A-1', 'seats', `pace since ${before}`],
    ['A-2', 'credits', null],
  ]);
  // Half a seat a day, for 40 days more.
  expect(rows[2]?.projected_use).toBe(94);
});

test('without the source there is nothing to write', async () => {
  const { counts, rows } = await nightOf(memoryObjectStore(), { asOf, rows: null });
  expect({ counts, rows }).toEqual({ counts: { metrics: 0, shocks: 0, saturated: 0 }, rows: [] });
});

test('the query reads as Trino', async () => {
  const { config, warehouse } = await companyWith([credits('A-1', 1)]);
  const states = await inspectSources({ config, asOf, warehouse });
  await warehouse.close();
  const sql = entitlementQuery(states, { asOf, reporting: 'USD' });
  expect(trinoComplaints(sql ?? '')).toEqual([]);
});
