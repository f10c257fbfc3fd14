import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import type { Upload } from '../../../shared/ports/object-store.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import { readPointer } from '../../../shared/publish/pointer.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import {
  accountHealth,
  dataQuality,
  healthReceipts,
  segmentHealth,
} from '../../../shared/publish/tables.ts';
import { soundTables } from '../../kit/company-folder.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { recordingStore } from '../../kit/recording-store.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

interface Faults {
  readonly warehouse?: (warehouse: Warehouse) => Warehouse;
  readonly upload?: Partial<Upload>;
}

describe('what is published', () => {
  test('each account has its score, its receipt and its place in the segments', async () => {
    const { config, warehouse } = await company();
    const store = memoryObjectStore();
    await scoreAccounts.run({ asOf, config }, portsOf(warehouse, store));

    const at = (table: string) => ({ path: partitionPath(table, asOf) });
    const accounts = (await readTable(store, accountHealth, at('account_health'))) ?? [];
    const receipts = (await readTable(store, healthReceipts, at('health_receipts'))) ?? [];
    const parts = (await readTable(store, segmentHealth, at('segment_health'))) ?? [];

    expect(accounts.map(({ account_id }) => account_id)).toEqual(['A-1', 'A-2', 'A-3']);
    // 60,000 EUR at 1.1
    expect(accounts.map(({ arr_cents }) => arr_cents)).toEqual([24_000_000, 6_660_000, 600_000]);
    expect(accounts.map(({ segment }) => segment)).toEqual(['enterprise', 'mid_market', 'smb']);
    for (const { account_id, score, gate_effect } of accounts) {
      const mine = receipts.filter((line) => line.account_id === account_id);
      const tenths = mine.reduce(
        (sum, { contribution }) => sum + Math.round((contribution ?? 0) * 10),
        0,
      );
      expect(mine.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 2);
      if (score !== null)
        expect(tenths + Math.round(gate_effect * 10)).toBe(Math.round(score * 10));
    }
    const all = parts.filter(({ cut }) => cut === 'all');
    expect(all.reduce((sum, { accounts: count }) => sum + count, 0)).toBe(3);
    expect(all.reduce((sum, { arr_cents }) => sum + arr_cents, 0)).toBe(31_260_000);
    expect(parts.some(({ cut, cut_value }) => cut === 'owner' && cut_value === '(none)')).toBe(
      true,
    );
  });

  test('the pointer moves last and never back', async () => {
    const { config, warehouse } = await company();
    const store = memoryObjectStore();
    const ports = portsOf(warehouse, store);
    expect(await scoreAccounts.run({ asOf, config }, ports)).toMatchObject({ latest: true });
    const earlier = toDay('2026-11-21');
    expect(await scoreAccounts.run({ asOf: earlier, config }, ports)).toMatchObject({
      latest: false,
    });
    expect(await readPointer(store, 'score-accounts')).toMatchObject({ as_of: asOf });
    expect(store.objects.has(partitionPath('account_health', earlier))).toBe(true);
  });

  test('an account without a contract is listed unscored and left out of the segments', async () => {
    const accounts = `${soundTables.accounts}\nA-4,Prospect,SMB,EMEA,`;
    const { config, warehouse } = await company({ tables: { accounts } });
    const store = memoryObjectStore();
    const { manifest } = await scoreAccounts.run({ asOf, config }, portsOf(warehouse, store));
    const rows = await readTable(store, accountHealth, {
      path: partitionPath('account_health', asOf),
    });
    expect(rows?.at(-1)).toMatchObject({
      account_id: 'A-4',
      band: 'unscored',
      reason: 'no live contract',
    });
    const {
      green_customers,
      yellow_customers,
      red_customers,
      unscored_customers,
      accounts: whole,
    } = manifest.summary as Record<string, number>;
    expect(
      [green_customers, yellow_customers, red_customers, unscored_customers].reduce(
        (a = 0, b = 0) => a + b,
      ),
    ).toBe(3);
    expect(whole).toBe(4);
  });
});

describe('what is known in part', () => {
  test('what is stale is not asked, and every table says so', async () => {
    const tables = {
      usage_daily: soundTables.usage_daily.replaceAll('2026-11', '2026-10'),
      support_tickets: `${soundTables.support_tickets.split('\n')[0]}
T-1,A-1,2026-10-01 09:00:00,,critical,,,`,
    };
    const { config, warehouse } = await company({ tables });
    const policy = { ...config, model: { ...config.model, minimum_coverage: 0 } };
    const store = memoryObjectStore();
    const ports = portsOf(warehouse, store);
    const { manifest } = await scoreAccounts.run({ asOf, config: policy }, ports);

    const usage = 'usage_daily is stale: its last day is 2026-10-21';
    const tickets = 'support_tickets is stale: its last day is 2026-10-01';
    expect(manifest).toMatchObject({ degraded: true });
    const unwell = manifest.sources.filter(({ status }) => status !== 'ready');
    expect(unwell.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'usage_daily stale',
      'support_tickets stale',
    ]);
    const at = (table: string) => ({ path: partitionPath(table, asOf) });
    const scored = { account_id: { $in: ['A-1', 'A-2'] } };
    const receipts =
      (await readTable(store, healthReceipts, { ...at('health_receipts'), filter: scored })) ?? [];
    const ofStale = receipts.filter(({ dimension }) => ['usage', 'support'].includes(dimension));
    expect(ofStale.length).toBeGreaterThan(15);
    for (const { dimension, status, raw_value, contribution, reason } of ofStale) {
      const stale = dimension === 'usage' ? usage : tickets;
      expect({ status, raw_value, contribution }).toEqual({
        status: 'unknown',
        raw_value: null,
        contribution: 0,
      });
      expect(reason).toContain(stale);
    }
    // The critical ticket of A-1 has been open for weeks, as far as anybody knew.
    const accounts =
      (await readTable(store, accountHealth, { ...at('account_health'), filter: scored })) ?? [];
    expect(accounts.length).toBe(2);
    for (const { gate_effect, gate_reason, gates_unknown } of accounts) {
      expect({ gate_effect, gate_reason }).toEqual({ gate_effect: 0, gate_reason: null });
      expect(gates_unknown).toContain(`critical_ticket: ${tickets}`);
    }
    const quality = (await readTable(store, dataQuality, at('data_quality'))) ?? [];
    expect(quality).toContainEqual(
      expect.objectContaining({
        source: 'usage_daily',
        check: 'status',
        severity: 'stale',
        last_day: '2026-10-21',
        found: expect.stringContaining(usage),
      }),
    );
  });
});

describe('the order of a run', () => {
  test('files, then the commit, then what readers see, and the pointer last', async () => {
    const { config, warehouse } = await company();
    const { store, writes } = recordingStore(memoryObjectStore());
    const { manifest } = await scoreAccounts.run({ asOf, config }, portsOf(warehouse, store));
    expect(manifest.degraded).toBe(false);
    const folder = `runs/score-accounts/${asOf}/${manifest.run_key}`;
    const finished = manifest.files.map(({ path }) => `finish ${path}`);
    expect(writes.slice(0, finished.length).sort()).toEqual(finished.sort());
    expect(writes.slice(finished.length)).toEqual([
      `create ${folder}/manifest.json`,
      `create latest/score-accounts/${asOf}.json`,
      ...manifest.files.map(({ table }) => `copy ${partitionPath(table, asOf)}`),
      'create latest/score-accounts.json',
      `create ${folder}/events-delivered.json`,
    ]);
  });

  const everyTable = scoreAccounts.tables.length;
  const refused = new HoldfastError('results', [
    { where: 'memory', found: 'no space', expected: 'some', fix: 'Free some.' },
  ]);
  const fail = async () => {
    throw refused;
  };
  const unread = new HoldfastError('warehouse', refused.problems);
  const silent = (warehouse: Warehouse): Warehouse => ({
    ...warehouse,
    // biome-ignore lint/correctness/useYield: it fails before it has anything to yield.
    async *stream() {
      throw unread;
    },
  });

  test.each<[string, Faults]>([
    ['no row can be read', { warehouse: silent }],
    ['no byte can be written', { upload: { write: fail } }],
    ['no file can be finished', { upload: { finish: fail } }],
  ])('where %s, every file is given up and nothing is published', async (_, faults) => {
    const { config, warehouse } = await company();
    const memory = memoryObjectStore();
    const { store, uploads } = recordingStore(memory, faults.upload);
    const ports = portsOf(faults.warehouse?.(warehouse) ?? warehouse, store);
    const kind = faults.warehouse ? 'warehouse' : 'results';
    await expect(scoreAccounts.run({ asOf, config }, ports)).rejects.toMatchObject({ kind });
    expect(uploads).toEqual({ opened: everyTable, abandoned: everyTable });
    expect([...memory.objects.keys()]).toEqual([]);
  });

  test('where the commit fails, nothing is published', async () => {
    const { config, warehouse } = await company();
    const memory = memoryObjectStore();
    const ports = portsOf(warehouse, { ...memory, create: fail });
    await expect(scoreAccounts.run({ asOf, config }, ports)).rejects.toBe(refused);
    expect([...memory.objects.keys()].filter((key) => !key.startsWith('runs/'))).toEqual([]);
  });
});

describe('as of a day', () => {
  test('nothing recorded, opened or answered later is known', async () => {
    const tables = {
      support_tickets: `${soundTables.support_tickets}
T-7,A-1,2026-11-22 00:00:00,,critical,,,
T-8,A-1,2026-11-10 09:00:00,2026-11-23 09:00:00,critical,,,`,
    };
    const { config, warehouse } = await company({ tables });
    const store = memoryObjectStore();
    await scoreAccounts.run({ asOf, config }, portsOf(warehouse, store));
    const receipts = await readTable(store, healthReceipts, {
      path: partitionPath('health_receipts', asOf),
      filter: { $and: [{ account_id: { $eq: 'A-1' } }, { measure: { $eq: 'severe_tickets' } }] },
    });
    // T-7 is not yet opened, and T-8 not yet closed.
    expect(receipts?.[0]).toMatchObject({ raw_value: 1 });
  });
});
