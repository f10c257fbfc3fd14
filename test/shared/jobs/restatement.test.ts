import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import {
  arrBridge,
  retentionRestatements,
  revenueRollups,
} from '../../../shared/publish/revenue-tables.ts';
import type { Table } from '../../../shared/publish/table.ts';
import { soundConfig, soundTables } from '../../kit/company-folder.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { company, portsOf } from '../../kit/scored-company.ts';

const reported = toDay('2026-11-10');
const later = toDay('2026-11-12');

/** Begun in October, and not heard of before the eleventh of November. */
const backDated = `${soundTables.contracts}
C-9,A-3,2026-10-05,2027-10-05,12000,USD,10,0,,`;

const runOver = async (
  store: MemoryObjectStore,
  asOf: typeof later,
  contracts: string,
  text?: string,
) => {
  const change = { tables: { contracts }, ...(text && { config: text }) };
  const { config, warehouse } = await company(change);
  await rollupRevenue.run({ asOf, config }, portsOf(warehouse, store));
};

const rowsOf = async <T extends Table>(store: MemoryObjectStore, table: T, asOf: typeof later) =>
  (await readTable(store, table, { path: partitionPath(table.name, asOf) })) ?? [];

describe('a month that reads otherwise than it was reported', () => {
  test('is logged with the figures and the movements that changed', async () => {
    const store = memoryObjectStore();
    await runOver(store, reported, soundTables.contracts);
    const before = store.objects.get(partitionPath(revenueRollups.name, reported))?.bytes;
    await runOver(store, later, backDated);

    const log = await rowsOf(store, retentionRestatements, later);
    expect(log.every(({ noticed_on }) => noticed_on === later)).toBe(true);
    expect(log.every(({ reported_on }) => reported_on === reported)).toBe(true);
    expect(log.filter(({ customer_id }) => customer_id !== null)).toEqual([
      expect.objectContaining({
        customer_id: 'A-3',
        month_end: '2026-11-01',
        figure: 'expansion',
        reported: 0,
        now_known: 1_200_000,
        change: 1_200_000,
      }),
    ]);
    const arr = log.find(({ figure }) => figure === 'closing_arr_cents');
    expect(arr).toMatchObject({ month_end: '2026-11-01', change: 1_200_000, method: null });

    // What was published that day still says what it said.
    expect(store.objects.get(partitionPath(revenueRollups.name, reported))?.bytes).toEqual(before);
    const [month] = (await rowsOf(store, arrBridge, reported)).filter(
      ({ cut, month_end }) => cut === 'all' && month_end === '2026-11-01',
    );
    expect(month?.closing_arr_cents).toBe(arr?.reported);
  });

  test('stays in the log of the days after', async () => {
    const store = memoryObjectStore();
    await runOver(store, reported, soundTables.contracts);
    await runOver(store, later, backDated);
    const after = toDay('2026-11-13');
    await runOver(store, after, backDated);
    const log = await rowsOf(store, retentionRestatements, after);
    expect(log).toEqual(await rowsOf(store, retentionRestatements, later));
    expect(log.length).toBeGreaterThan(0);
  });

  test('is not one that had not ended, nor one that reads the same', async () => {
    const store = memoryObjectStore();
    await runOver(store, reported, soundTables.contracts);
    const current = `${soundTables.contracts}
C-9,A-3,2026-11-05,2027-11-05,12000,USD,10,0,,`;
    await runOver(store, later, current);
    expect(await rowsOf(store, retentionRestatements, later)).toEqual([]);
  });

  test('of a customer that is gone from the warehouse is told as well', async () => {
    const store = memoryObjectStore();
    await runOver(store, reported, soundTables.contracts);
    const without = soundTables.contracts
      .split('\n')
      .filter((line) => !line.startsWith('C-3'))
      .join('\n');
    await runOver(store, later, without);
    const log = await rowsOf(store, retentionRestatements, later);
    expect(log.find(({ customer_id }) => customer_id === 'A-3')).toMatchObject({
      month_end: '2026-06-01',
      figure: 'new',
      reported: 600_000,
      now_known: 0,
    });
  });

  test('because a switch was changed says so', async () => {
    const store = memoryObjectStore();
    const gap = `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,2025-01-01,2026-06-20,240000,USD
C-2,A-1,2026-07-05,2027-07-05,240000,USD
C-3,A-3,2026-01-05,2027-01-05,6000,USD`;
    await runOver(store, reported, gap);
    const config = soundConfig('churn: { grace_days: 20 }\n');
    await runOver(store, later, gap, config);
    const log = await rowsOf(store, retentionRestatements, later);
    expect(log.some(({ customer_id, figure }) => customer_id === 'A-1' && figure === 'churn')).toBe(
      true,
    );
    expect(log.every(({ note }) => note?.startsWith('definitions changed from '))).toBe(true);
  });
});
