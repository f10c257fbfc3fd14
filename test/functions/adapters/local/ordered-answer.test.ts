import { readdirSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openDuckdb } from '../../../../functions/adapters/local/open-duckdb.ts';
import { orderedAnswer } from '../../../../functions/adapters/local/ordered-answer.ts';
import { companyFolder } from '../../../kit/company-folder.ts';

const ROWS = 50_000;

const query = {
  name: 'many',
  runKey: 'test',
  sql: `SELECT lpad(CAST(hash(i) % 100000000 AS VARCHAR), 8, '0') || '/' || i AS id, i,
    CASE WHEN i % 2 = 0 THEN NULL ELSE CAST(i AS DOUBLE) END AS odd FROM range(${ROWS}) t(i)`,
  orderBy: 'id',
  rowsExpected: ROWS,
};

const opened = async () => {
  const duckdb = await openDuckdb(companyFolder().warehouse, 500);
  onTestFinished(() => {
    duckdb.instance.closeSync();
    rmSync(duckdb.scratch, { recursive: true, force: true });
  });
  return duckdb;
};

test('an answer comes in order, in batches of thousands, and leaves nothing behind', async () => {
  const { instance, scratch } = await opened();
  const ids: string[] = [];
  const sizes: number[] = [];
  for await (const { rowCount, columns } of orderedAnswer(instance, scratch, query)) {
    sizes.push(rowCount);
    expect(readdirSync(scratch)).toHaveLength(1);
    for (let row = 0; row < rowCount; row += 1) {
      const i = Number(columns.i?.[row]);
      if (columns.odd?.[row] !== (i % 2 === 0 ? null : i)) expect.fail(`row of ${i}`);
      ids.push(columns.id?.[row] as string);
    }
  }
  expect(ids).toHaveLength(ROWS);
  expect(ids).toEqual(ids.toSorted());
  expect(Math.max(...sizes)).toBeLessThan(20_000);
  expect(sizes.length).toBeLessThan(10);
  expect(readdirSync(scratch)).toEqual([]);
});

test.each(['left', 'thrown at'])(
  'an answer that is %s half way leaves nothing behind',
  async (how) => {
    const { instance, scratch } = await opened();
    const reading = async () => {
      for await (const batch of orderedAnswer(instance, scratch, query)) {
        expect(batch.rowCount).toBeGreaterThan(0);
        if (how === 'left') return;
        throw new Error('enough');
      }
    };
    if (how === 'left') await reading();
    else await expect(reading()).rejects.toThrow('enough');
    expect(readdirSync(scratch)).toEqual([]);
    instance.closeSync();
  },
);

test('a query that fails leaves nothing behind', async () => {
  const { instance, scratch } = await opened();
  const sql = `SELECT id, CAST(id AS INTEGER) AS no_number FROM (${query.sql})`;
  await expect(orderedAnswer(instance, scratch, { ...query, sql }).next()).rejects.toThrow(/INT32/);
  expect(readdirSync(scratch)).toEqual([]);
});
