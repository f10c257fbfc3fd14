import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { unloadedParquet } from '../../../../functions/adapters/aws/unloaded-parquet.ts';
import type { Batch, Cell } from '../../../../shared/ports/warehouse.ts';
import { memoryObjectStore } from '../../../kit/memory-object-store.ts';

const folder = await mkdtemp(join(tmpdir(), 'holdfast-parquet-'));
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
afterAll(async () => {
  instance.closeSync();
  await rm(folder, { recursive: true });
});

/** Reads files of the given names and contents as one unload. */
const batchesOf = async (contents: Record<string, string>): Promise<Batch[]> => {
  const scratch = memoryObjectStore();
  for (const [key, select] of Object.entries(contents)) {
    const path = join(folder, 'part.parquet');
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
    await scratch.create(key, await readFile(path));
  }
  const files = Object.keys(contents);
  const batches: Batch[] = [];
  for await (const batch of unloadedParquet({ name: 'q', orderBy: 'id', scratch, files })) {
    batches.push(batch);
  }
  return batches;
};

const column = (batches: readonly Batch[], name: string): Cell[][] =>
  batches.map(({ columns }) => Array.from(columns[name] ?? []));

test('buckets follow their number, and the files of one are sorted as one', async () => {
  const batches = await batchesOf({
    'x=1/holdfast_bucket=10/a': "SELECT 'z' AS id, 5 AS n",
    'x=1/holdfast_bucket=2/b': "SELECT * FROM (VALUES ('d', 4), ('a', 1)) t(id, n)",
    'x=1/holdfast_bucket=2/a': "SELECT * FROM (VALUES ('c', 3), ('b', 2)) t(id, n)",
  });
  expect(column(batches, 'id')).toEqual([['a', 'b', 'c', 'd'], ['z']]);
  expect(column(batches, 'n')).toEqual([[1, 2, 3, 4], [5]]);
});

test('a file of no rows is no batch', async () => {
  const contents = { 'holdfast_bucket=1/a': "SELECT 'a' AS id WHERE false" };
  expect(await batchesOf(contents)).toEqual([]);
});

test.each([
  ['BIGINT', '-5', -5],
  ['SMALLINT', '7', 7],
  ['DATE', "DATE '1969-12-31'", '1969-12-31'],
  ['DATE', "DATE '0001-01-01'", '0001-01-01'],
  ['DOUBLE', "'NaN'", null],
  ['DOUBLE', '0.1', 0.1],
  ['DECIMAL(10, 2)', '1.25', 1.25],
  ['TIMESTAMP', "'2026-03-01 04:05:06'", '2026-03-01 04:05:06.000'],
  ['BOOLEAN', 'false', false],
  ['VARCHAR', "''", ''],
  ['VARCHAR', "'\ufeffmarked'", '\ufeffmarked'],
  ['VARCHAR', 'NULL', null],
  ['BIGINT', 'NULL', null],
])('a %s of %s is read as %j', async (type, literal, cell) => {
  const select = `SELECT 'a' AS id, CAST(${literal} AS ${type}) AS x UNION ALL SELECT 'b', NULL`;
  const batches = await batchesOf({ 'holdfast_bucket=1/a': select });
  expect(column(batches, 'x')).toEqual([[cell, null]]);
});

test('many row groups are in one order, each value in its row', async () => {
  const select = `SELECT lpad(CAST(i AS VARCHAR), 6, '0') AS id, i AS n,
    CASE WHEN i % 3 = 0 THEN NULL ELSE 'v' || i END AS v FROM range(300000) t(i)`;
  const batches = await batchesOf({ 'holdfast_bucket=1/a': select });
  const [ids, numbers, values] = ['id', 'n', 'v'].map((name) => column(batches, name).flat());
  expect(ids?.length).toBe(300_000);
  expect(Math.max(...batches.map(({ rowCount }) => rowCount))).toBeLessThan(10_000);
  for (const row of [0, 1, 4095, 4096, 122_880, 122_881, 299_999]) {
    expect(numbers?.[row]).toBe(row);
    expect(values?.[row]).toBe(row % 3 === 0 ? null : `v${row}`);
  }
});

test('files of one bucket may hold a column as other kinds of numbers, or not at all', async () => {
  const batches = await batchesOf({
    'holdfast_bucket=1/a': "SELECT * FROM (VALUES ('a', 1), ('d', -32768), ('g', NULL)) t(id, n)",
    'holdfast_bucket=1/b': "SELECT * FROM (VALUES ('b', 2147483647), ('f', 32767)) t(id, n)",
    'holdfast_bucket=1/c':
      "SELECT * FROM (VALUES ('c', CAST(NULL AS INTEGER)), ('e', NULL)) t(id, n)",
  });
  expect(column(batches, 'n')).toEqual([[1, 2147483647, null, -32768, null, 32767, null]]);
});

test('ranges that overlap are not passed off as an order', async () => {
  const contents = {
    'holdfast_bucket=1/a': "SELECT 'm' AS id",
    'holdfast_bucket=2/a': "SELECT 'a' AS id",
  };
  await expect(batchesOf(contents)).rejects.toThrow('begins before the one before it ends');
});
