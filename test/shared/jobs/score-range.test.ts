import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../../functions/adapters/local/duckdb-warehouse.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';
import { addDays } from '../../../shared/basics/day.ts';
import { roundTo } from '../../../shared/basics/ratio.ts';
import { loadConfig } from '../../../shared/config/load-config.ts';
import { featureQuery } from '../../../shared/features/feature-query.ts';
import { accountRanges, lastAccountOf } from '../../../shared/jobs/account-ranges.ts';
import { healthTallies } from '../../../shared/jobs/health-tallies.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { rangeRows, rangeTables } from '../../../shared/jobs/range-rows.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import {
  type RangeSetting,
  rangeScorer,
  type ScoredRange,
} from '../../../shared/jobs/score-range.ts';
import type { Batch, Cell } from '../../../shared/ports/warehouse.ts';
import { parquetFile } from '../../../shared/publish/parquet-file.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import type { Table } from '../../../shared/publish/table.ts';
import { alertTally } from '../../../shared/risk/alert-budget.ts';
import { temporaryFolderUntilTheEnd } from '../../kit/lasting-folder.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { asOf, portsOf } from '../../kit/scored-company.ts';

/** So that many accounts have one, some of those that are gone today among them. */
const everySegmentHasWarRooms = `
risk: { war_room: { segments: [enterprise, mid_market, smb] } }
`;

const store = memoryObjectStore();
let setting: RangeSetting;
let accounts: Batch;

/** A company with a past, some of whose accounts are gone today and some of which are new. */
beforeAll(async () => {
  const folder = temporaryFolderUntilTheEnd();
  await writeSampleCompany({ folder, accounts: 300, asOf, seed: 1 });
  const config = loadConfig({
    text: sampleConfig + everySegmentHasWarRooms,
    file: 'holdfast.yaml',
  });
  const warehouse = await duckdbWarehouse({ path: folder });
  const past = [28, 1].map((days) => addDays(asOf, -days));
  const days = [];
  for (const [at, day] of past.entries()) {
    const without = {
      ...warehouse,
      stream: (query: Parameters<typeof warehouse.stream>[0]) =>
        some(warehouse.stream(query), (index) => index % 9 !== at),
    };
    const { manifest } = await scoreAccounts.run({ asOf: day, config }, portsOf(without, store));
    days.push({ asOf: day, manifest });
  }
  const [baseline = null, lastRun = null] = days;
  const states = await inspectSources({ config, asOf, warehouse });
  const sql = featureQuery(states, { asOf, ...config.currency });
  const query = { name: 'features', sql, runKey: 'test', orderBy: 'account_id', rowsExpected: 300 };
  for await (const batch of some(warehouse.stream(query), (index) => index % 3 !== 2))
    accounts = batch;
  setting = { config, asOf, states, days: { lastRun, baseline } };
});

/** The rows that a rule takes. */
async function* some(batches: AsyncIterable<Batch>, isTaken: (index: number) => boolean) {
  for await (const { columns, rowCount } of batches) {
    const kept = Object.entries(columns).map(([name, values]) => {
      return [name, Array.from(values).filter((_, index) => isTaken(index))] as const;
    });
    const rows = Array.from({ length: rowCount }, (_, index) => index).filter(isTaken);
    yield { rowCount: rows.length, columns: Object.fromEntries(kept) };
  }
}

/** The accounts in batches of their own, as an engine may cut them. */
async function* cutAt(borders: readonly number[]): AsyncGenerator<Batch> {
  const within = [...new Set(borders)].sort((a, b) => a - b);
  for (const [index, from] of [0, ...within].entries()) {
    const to = within[index] ?? accounts.rowCount;
    const cut = Object.entries(accounts.columns).map(([name, values]) => {
      return [name, Array.from(values as ArrayLike<Cell>).slice(from, to)] as const;
    });
    yield { rowCount: to - from, columns: Object.fromEntries(cut) };
  }
}

/** All that comes of a run, scored in ranges of a length by so many, each in a process of its own. */
const scored = async (length: number, by: number, borders: readonly number[] = []) => {
  const scorers = await Promise.all(Array.from({ length: by }, () => rangeScorer(setting, store)));
  const found: ScoredRange[] = [];
  let next = 0;
  for await (const range of accountRanges(cutAt(borders), length)) {
    const scorer = scorers[next % by] as (typeof scorers)[number];
    found.push(structuredClone(await scorer(structuredClone(range))));
    next += 1;
  }
  return addedUp(found);
};

const addedUp = async (ranges: readonly ScoredRange[]) => {
  const health = healthTallies();
  const alerts = alertTally(setting.config.risk);
  let flagRows = 0;
  let overdue = 0;
  for (const range of ranges) {
    health.absorb(range.health);
    alerts.absorb(range.risk.alerts, flagRows);
    flagRows += range.risk.rows;
    overdue += range.risk.overdue;
  }
  const told = alerts.finish({ heldByGuard: null });
  const tables: Record<string, readonly Row[]> = {};
  for (const [name, table] of Object.entries(rangeTables)) {
    const file = parquetFile(table, await store.upload());
    for (const { groups } of ranges) file.append(groups[name as keyof typeof groups]);
    const { path } = await file.finish((sha256) => `test/${name}-${sha256}`);
    tables[name] = (await readTable<Table>(store, table, { path })) ?? [];
  }
  const { weighted, arrCents, overridden } = health.whole;
  return {
    // A room of who is gone stands at the end of its range.
    tables: { ...tables, warRooms: byAccount(tables.warRooms) } as typeof tables,
    whole: { meanScore: roundTo(weighted / arrCents, 4), arrCents, overridden },
    segments: [...health.segments.parts()],
    measures: health.measures.parts(),
    parents: [...health.parents.parents(setting.config.model)],
    drift: [health.drift.bands(), ...health.drift.distributions()],
    alerts: [...told.alerts],
    budgets: told.budgets,
    openFlags: ranges.reduce((sum, { risk }) => sum + risk.openFlags, 0),
    overdue,
  };
};

type Row = Readonly<Record<string, unknown>>;

const byAccount = (rows: readonly Row[] = []): Row[] =>
  rows.toSorted((a, b) => compareUtf8(String(a.account_id), String(b.account_id)));

/** Whether a row is of an account that today has not. */
const isGone = ({ account_id }: Row): boolean =>
  !Array.from(accounts.columns.account_id ?? []).includes(account_id as string);

/** Names a row of a flag or of a war room. */
const keyOf = ({ account_id, flag = 'war room' }: Row): string => `${account_id} ${flag}`;

const repeated = (keys: readonly string[]): string[] =>
  keys.filter((key, index) => keys.indexOf(key) !== index);

/** What the last run left open of accounts that are gone today. */
const leftOpen = async (name: 'riskFlags' | 'warRooms'): Promise<Row[]> => {
  const table = rangeTables[name];
  const files = setting.days.lastRun?.manifest.files ?? [];
  const path = files.find((file) => file.table === table.name)?.path ?? '';
  const rows = (await readTable<Table>(store, table, { path })) ?? [];
  return rows.filter((row) => isGone(row) && row.state !== 'cleared' && row.state !== 'closed');
};

describe('scoring by ranges', () => {
  test('it is the same however long the ranges are and however many score them', async () => {
    const whole = await scored(16_384, 1);
    expect(whole.tables.accountHealth).toHaveLength(accounts.rowCount);
    expect(whole.tables.healthMovements).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 220 }),
        fc.integer({ min: 1, max: 3 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 199 }), { maxLength: 6 }),
        async (length, by, borders) => {
          expect(await scored(length, by, borders)).toEqual(whole);
        },
      ),
      {
        numRuns: 12,
        examples: [
          [1, 2, []],
          [37, 3, [36, 37, 38]],
        ],
      },
    );
  });

  test.each([
    [1, 2],
    [10, 1],
    [10, 2],
    [37, 3],
    [16_384, 1],
  ])(
    'of who is gone, flags and war rooms are closed once: ranges of %i by %i',
    async (length, by) => {
      const { tables } = await scored(length, by);
      for (const [name, ended] of [
        ['riskFlags', 'cleared'],
        ['warRooms', 'closed'],
      ] as const) {
        const rows = tables[name] ?? [];
        const left = (await leftOpen(name)).map(keyOf).sort();
        expect(left.length).toBeGreaterThan(3);
        // Long before the last range, where ranges are short.
        expect(left[0] && left[0] < String(accounts.columns.account_id?.[100])).toBe(true);
        expect(repeated(rows.map(keyOf))).toEqual([]);
        expect(rows.filter(isGone).map(keyOf).sort()).toEqual(left);
        expect(new Set(rows.filter(isGone).map(({ state }) => state))).toEqual(new Set([ended]));
      }
    },
  );

  test('of no accounts at all there is one range, and all that was open is closed', async () => {
    const ranges = [];
    for await (const range of accountRanges(cutAt([]), 16_384)) ranges.push(range);
    expect(ranges).toMatchObject([{ after: null, last: null }]);
    const scorer = await rangeScorer(setting, store);
    const { groups, accounts: count } = await scorer({ batches: [], after: null, last: null });
    expect(count).toBe(0);
    const cleared = groups.riskFlags[0]?.reduce((sum, { rows }) => sum + rows, 0);
    expect(cleared).toBeGreaterThan(100);
  });
});

describe('ranges', () => {
  test('are as long as they should be, follow each other, and only the last is open', async () => {
    const ranges = [];
    for await (const range of accountRanges(cutAt([3, 50, 51, 200]), 64)) ranges.push(range);
    const rows = ranges.map(({ batches }) => batches.reduce((sum, one) => sum + one.rowCount, 0));
    expect(rows.slice(0, -1).every((count) => count === 64)).toBe(true);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(accounts.rowCount);
    for (const [at, { after, last, batches }] of ranges.entries()) {
      expect(after).toBe(at === 0 ? null : lastAccountOf(ranges[at - 1]?.batches ?? []));
      expect(last).toBe(at === ranges.length - 1 ? null : lastAccountOf(batches));
    }
  });

  test('a range that ends with the accounts is the last one, and none follows it', async () => {
    const ranges = [];
    for await (const range of accountRanges(cutAt([]), accounts.rowCount)) ranges.push(range);
    expect(ranges).toHaveLength(1);
    expect(ranges[0]?.last).toBeNull();
  });
});

test('rows of a range do not come back with the next', () => {
  const { rows, take } = rangeRows();
  const row = { account_id: 'A-1', since: 'last_run', from_day: asOf } as never;
  rows.healthMovements.add({ ...(row as object), from_band: 'red', to_band: 'red' } as never);
  expect(take().healthMovements[0]).toHaveLength(1);
  expect(take().healthMovements[0]).toHaveLength(0);
});
