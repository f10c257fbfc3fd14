import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../../shared/basics/day.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { contractionList, priorityQueues } from '../../../shared/publish/revenue-tables.ts';
import { riskFlags } from '../../../shared/publish/risk-tables.ts';
import type { RowOf, Table } from '../../../shared/publish/table.ts';
import { accountHealth } from '../../../shared/publish/tables.ts';
import { soundConfig, soundTables, type Tables } from '../../kit/company-folder.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

interface Change {
  readonly tables?: Tables;
  readonly config?: string;
}

const lines = [
  'contract_id,account_id,start_date,end_date,arr,currency,cancelled_on,cancel_recorded_on',
  'C-1,A-1,2025-01-01,2026-06-01,300000,USD,,',
  'C-2,A-1,2026-06-01,2027-06-01,240000,USD,,',
  'C-3,A-2,2026-03-01,2027-03-01,60000,EUR,2027-03-01,2026-11-10',
  'C-4,A-3,2025-06-01,2026-06-01,9000,USD,,',
  'C-5,A-3,2026-06-01,2027-06-01,6000,USD,,',
];

/** shrank in June, and A-2 gave notice in November. */
const contracts = lines.join('\n');

const score = async (store: MemoryObjectStore, change: Change = {}, day: Day = asOf) => {
  const { config, warehouse } = await company({
    ...change,
    tables: { contracts, ...change.tables },
  });
  await scoreAccounts.run({ asOf: day, config }, portsOf(warehouse, store));
};

const rollUp = async (store: MemoryObjectStore, change: Change = {}) => {
  const { config, warehouse } = await company({
    ...change,
    tables: { contracts, ...change.tables },
  });
  await rollupRevenue.run({ asOf, config }, portsOf(warehouse, store));
  return {
    queued: await rowsOf(store, priorityQueues),
    shrank: await rowsOf(store, contractionList),
  };
};

const rowsOf = async <T extends Table>(store: MemoryObjectStore, table: T): Promise<RowOf<T>[]> =>
  (await readTable(store, table, { path: partitionPath(table.name, asOf) })) ?? [];

const queueOf = (rows: readonly RowOf<typeof priorityQueues>[], accountId: string) =>
  rows.find(({ account_id }) => account_id === accountId)?.queue;

const notice = 'C-3,A-2,2026-03-01,2027-03-01,60000,EUR,2027-03-01,2026-11-10';
/** With the renewal so far ahead that none of its flags is critical. */
const withoutNotice = {
  tables: { contracts: contracts.replace(notice, 'C-3,A-2,2026-03-01,2028-03-01,60000,EUR,,') },
};

describe('beside health', () => {
  test('a red account is queued with its score and what costs it the most', async () => {
    const store = memoryObjectStore();
    await score(store, withoutNotice);
    const { queued } = await rollUp(store, withoutNotice);
    const corvid = (await rowsOf(store, accountHealth)).find((row) => row.account_id === 'A-2');
    expect(corvid).toMatchObject({ band: 'red', top_driver: expect.any(String) });
    const flags = (await rowsOf(store, riskFlags)).filter((row) => row.account_id === 'A-2');
    expect(flags.filter(({ severity }) => severity === 'critical')).toEqual([]);
    expect(queued.find(({ account_id }) => account_id === 'A-2')).toMatchObject({
      queue: 'churn',
      rank: 1,
      customer_id: 'A-2',
      name: 'Corvid Bank',
      segment: 'mid_market',
      owner_email: 'j.tanaka@harbourline.example',
      arr_cents: 6_660_000,
      at_stake_cents: 6_660_000,
      why: expect.stringContaining(
        `Red at ${corvid?.score} points, most of it for ${corvid?.top_driver?.replaceAll('_', ' ')}`,
      ),
    });
  });

  test('those who shrank are listed with score, band and driver', async () => {
    const store = memoryObjectStore();
    await score(store);
    const { shrank } = await rollUp(store);
    expect(shrank.map(({ customer_id, rank }) => [customer_id, rank])).toEqual([
      ['A-1', 1],
      ['A-3', 2],
    ]);
    const health = await rowsOf(store, accountHealth);
    for (const { customer_id, ...row } of shrank) {
      const own = health.find(({ account_id }) => account_id === customer_id);
      expect(own).toBeDefined();
      expect(row).toMatchObject({
        health_on: asOf,
        score: own?.score,
        band: own?.band,
        top_driver: own?.top_driver,
      });
    }
    expect(shrank[0]).toMatchObject({ band: 'green', score: expect.any(Number) });
    expect(shrank[0]?.why).toContain(`Now green at ${shrank[0]?.score?.toFixed(1)}`);
  });

  test('those who shrank are listed with their health before the month in which they did', async () => {
    const store = memoryObjectStore();
    // They shrank on 1 June, which is the closing of May; before it stands what April ended with.
    await score(store, {}, addDays(asOf, -207));
    await score(store, {}, addDays(asOf, -100));
    const { shrank } = await rollUp(store);
    const before = shrank.map(({ shrank_in, health_before_on }) => [shrank_in, health_before_on]);
    expect(before).toEqual([
      ['2026-05-01', '2026-04-29'],
      ['2026-05-01', '2026-04-29'],
    ]);
    expect(shrank.every(({ band_before }) => band_before !== null)).toBe(true);
    expect(shrank.every(({ health_on }) => health_on === null)).toBe(true);
  });

  test('a customer of several accounts is as well as the worst of them', async () => {
    const accounts = `account_id,name,segment,parent_account_id
A-1,Meridian Retail,Enterprise,
A-2,Corvid Bank,Mid-market,A-1
A-3,Vireo Labs,SMB,`;
    const change = { tables: { ...withoutNotice.tables, accounts } };
    const store = memoryObjectStore();
    await score(store, change);
    const { shrank } = await rollUp(store, {
      tables: { accounts, contracts: contracts.replace(notice, notice.replace('60000', '1000')) },
    });
    const corvid = (await rowsOf(store, accountHealth)).find((row) => row.account_id === 'A-2');
    expect(shrank.find(({ customer_id }) => customer_id === 'A-1')).toMatchObject({
      band: 'red',
      score: corvid?.score,
      top_driver: corvid?.top_driver,
    });
  });

  test('an account that health does not know goes by its contracts', async () => {
    const store = memoryObjectStore();
    await score(store, {}, addDays(asOf, -1));
    const { queued, shrank } = await rollUp(store, {
      tables: {
        accounts: `${soundTables.accounts}\nA-8,Halden Freight,SMB,EMEA,\nA-9,Ostra Foods,SMB,EMEA,`,
        contracts: [
          ...lines,
          'C-8,A-8,2025-03-01,2026-03-01,5000,USD,,',
          'C-9,A-8,2026-03-01,2027-03-01,4000,USD,,',
          'C-10,A-9,2026-01-01,2027-01-01,7000,USD,2027-01-01,2026-11-12',
        ].join('\n'),
      },
    });
    expect(queueOf(queued, 'A-8')).toBe('contraction');
    expect(queued.find(({ account_id }) => account_id === 'A-9')).toMatchObject({
      queue: 'churn',
      name: 'Ostra Foods',
      segment: 'smb',
      at_stake_cents: 700_000,
    });
    expect(shrank.find(({ customer_id }) => customer_id === 'A-1')).toMatchObject({
      health_on: addDays(asOf, -1),
    });
    expect(shrank.find(({ customer_id }) => customer_id === 'A-8')).toMatchObject({
      ...{ health_on: null, score: null, band: null, top_driver: null },
    });
  });

  test('health of more than a week ago says nothing', async () => {
    const store = memoryObjectStore();
    await score(store, {}, addDays(asOf, -8));
    expect(await rollUp(store)).toEqual(await rollUp(memoryObjectStore()));
  });
});

describe('without health', () => {
  test('contracts alone say who leaves and who shrank', async () => {
    const { queued, shrank } = await rollUp(memoryObjectStore());
    expect(queued.map(({ queue, rank, account_id }) => [queue, rank, account_id])).toEqual([
      ['churn', 1, 'A-2'],
      ['contraction', 1, 'A-1'],
      ['contraction', 2, 'A-3'],
    ]);
    expect(queued[0]?.why).toBe('Notice given on $66.6K of $66.6K ARR');
    expect(queued[1]).toMatchObject({ at_stake_cents: 6_000_000, arr_cents: 24_000_000 });
    expect(shrank.map(({ customer_id }) => customer_id)).toEqual(['A-1', 'A-3']);
    for (const row of shrank) {
      expect(row).toMatchObject({ health_on: null, score: null, band: null, top_driver: null });
    }
  });

  test('and where nobody leaves or shrank, nobody is queued', async () => {
    const tables = { contracts: soundTables.contracts };
    expect(await rollUp(memoryObjectStore(), { tables })).toEqual({ queued: [], shrank: [] });
  });
});

describe.each(['effective', 'notice'])(
  'under notice, with churn recognised as %s',
  (recognition) => {
    const config = soundConfig(`churn: { recognition: ${recognition} }`);

    test.each([
      ['beside health', true],
      ['without health', false],
    ])('an account is in the churn queue %s', async (_, isScored) => {
      const store = memoryObjectStore();
      if (isScored) await score(store, { config });
      const { queued } = await rollUp(store, { config });
      expect(queued.filter(({ account_id }) => account_id === 'A-2')).toEqual([
        expect.objectContaining({
          queue: 'churn',
          at_stake_cents: 6_660_000,
          why: expect.stringContaining('Notice given on $66.6K'),
        }),
      ]);
    });
  },
);

/** Accounts of three kinds: under notice, shrunk, and both. */
const many = (count: number): Tables => {
  const ids = Array.from({ length: count }, (_, index) => `B-${String(index).padStart(2, '0')}`);
  return {
    accounts: ['account_id,name,segment', ...ids.map((id) => `${id},Company ${id},SMB`)].join('\n'),
    contracts: [
      lines[0],
      ...ids.flatMap((id, index) => [
        `${id}/1,${id},2025-01-01,2026-06-01,${20_000 + 100 * index},USD,,`,
        index % 3 === 0
          ? `${id}/2,${id},2026-06-01,2027-06-01,${20_000 + 100 * index},USD,2027-06-01,2026-11-02`
          : `${id}/2,${id},2026-06-01,2027-06-01,${10_000 + 10 * index},USD,${
              index % 3 === 1 ? '2027-06-01,2026-11-02' : ','
            }`,
      ]),
    ].join('\n'),
    ...Object.fromEntries(
      Object.keys(soundTables)
        .filter((name) => !['accounts', 'contracts', 'fx_rates'].includes(name))
        .map((name) => [name, null]),
    ),
  };
};

const bare = (extra: string) => `company: Test Company
currency: { reporting: USD }
warehouse: { kind: duckdb, path: warehouse }
sources:
  accounts: { table: accounts }
  contracts: { table: contracts }
${extra}`;

describe.each([
  ['beside health', true],
  ['without health', false],
])('a queue, %s', (_, isScored) => {
  test.each([
    ['of the size that is set', 'queues: { size: 4 }', 4],
    ['of fifteen where none is', '', 15],
  ])('is at most %s', async (_, extra, size) => {
    const change = { tables: many(51), config: bare(extra) };
    const store = memoryObjectStore();
    if (isScored) await score(store, change);
    const { queued } = await rollUp(store, change);
    for (const queue of ['churn', 'contraction']) {
      const rows = queued.filter((row) => row.queue === queue);
      expect(
        rows.map(({ rank }) => rank),
        queue,
      ).toEqual(Array.from({ length: size }, (_, index) => index + 1));
      const stakes = rows.map(({ at_stake_cents }) => at_stake_cents);
      expect(stakes).toEqual(stakes.toSorted((a, b) => b - a));
    }
  });

  test('has no account that another has', async () => {
    const change = { tables: many(12), config: bare('') };
    const store = memoryObjectStore();
    if (isScored) await score(store, change);
    const { queued } = await rollUp(store, change);
    const ids = queued.map(({ account_id }) => account_id);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    expect(ids.length).toBe(12);
    for (const [index, id] of ids.toSorted().entries()) {
      expect(queueOf(queued, id), id).toBe(index % 3 === 2 ? 'contraction' : 'churn');
    }
  });
});
