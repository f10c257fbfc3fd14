import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../../functions/adapters/local/duckdb-warehouse.ts';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
// @ts-expect-error: JavaScript, which the command begins with
import { bundled } from '../../../functions/cli/bundle.mjs';
import { openConfig } from '../../../functions/cli/open-config.ts';
import { toDay } from '../../../shared/basics/day.ts';
import { sha256 } from '../../../shared/basics/digest.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import type { Batch, Cell, Warehouse } from '../../../shared/ports/warehouse.ts';
import { companyFolder } from '../../kit/company-folder.ts';
import { portsOf } from '../../kit/scored-company.ts';

const asOf = toDay('2026-11-22');

/** More accounts than one range has, so that threads score them where there are several processors. */
const largeCompany = async () => {
  const place = companyFolder({
    tables: {},
    config: `company: Large
currency: { reporting: USD }
warehouse: { kind: duckdb, path: large }
sources:
  accounts: { table: accounts }
  contracts: { table: contracts }
  usage_daily: { table: usage_daily }
`,
  });
  const folder = join(place.folder, 'large');
  mkdirSync(folder);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const id = `'A-' || lpad(CAST(i AS VARCHAR), 6, '0')`;
  const accounts = 'range(40000) t(i)';
  const write = (name: string, select: string) =>
    connection.run(`COPY (${select}) TO '${join(folder, name)}.parquet' (FORMAT parquet)`);
  await write(
    'accounts',
    `SELECT ${id} AS account_id, 'Company ' || i AS name, 'SMB' AS segment, 'EMEA' AS region,
      'csm' || (i % 50) || '@large.example' AS owner_email FROM ${accounts}`,
  );
  await write(
    'contracts',
    `SELECT 'C-' || i AS contract_id, ${id} AS account_id, DATE '2025-03-01' AS start_date,
      DATE '2026-12-01' + CAST(i % 300 AS INTEGER) AS end_date, 1000 + i % 977 AS arr, 'USD' AS currency, 10 AS seats
      FROM ${accounts}`,
  );
  await write(
    'usage_daily',
    `SELECT ${id} AS account_id, DATE '2026-11-21' - CAST(7 * week AS INTEGER) AS day,
      (i + week) % 11 AS active_users, (i * 7 + week) % 60 AS sessions
      FROM ${accounts}, range(12) w(week)`,
  );
  return place;
};

/** As Athena answers: in buckets of uneven length, each cut anew. */
const ROWS_OF_BUCKET = 7_001;
const ROWS_OF_BATCH = 4_096;

const cutAsAthenaDoes = (warehouse: Warehouse): Warehouse => ({
  read: (query) => warehouse.read(query),
  async *stream(query) {
    const columns: Record<string, Cell[]> = {};
    let rows = 0;
    for await (const batch of warehouse.stream(query)) {
      for (const [name, values] of Object.entries(batch.columns)) {
        columns[name] = [...(columns[name] ?? []), ...Array.from(values)];
      }
      rows += batch.rowCount;
    }
    for (let bucket = 0; bucket < rows; bucket += ROWS_OF_BUCKET) {
      const end = Math.min(rows, bucket + ROWS_OF_BUCKET);
      for (let from = bucket; from < end; from += ROWS_OF_BATCH) {
        yield rowsOf(columns, from, Math.min(end, from + ROWS_OF_BATCH));
      }
    }
  },
  close: () => warehouse.close(),
});

const rowsOf = (columns: Record<string, Cell[]>, from: number, to: number): Batch => {
  const cut = Object.entries(columns).map(([name, values]) => [name, values.slice(from, to)]);
  return { rowCount: to - from, columns: Object.fromEntries(cut) };
};

/** The tables of a run, by file and digest. */
const filesOf = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.parquet') && statSync(join(out, name)).isFile())
      .map((name) => [name, sha256(readFileSync(join(out, name)).toString('base64'))] as const)
      .sort(),
  );

const run = promisify(execFile);
const command = join(import.meta.dirname, '../../../functions/cli/holdfast.mjs');

/** With one processor there are no threads. */
const testOfThreads = test.skipIf(availableParallelism() < 2);

describe('a company of more than one range', () => {
  testOfThreads('is scored by threads: their program stands beside the command', async () => {
    const main: string = await bundled('functions/cli/main.ts');
    expect(existsSync(main)).toBe(true);
    expect(existsSync(join(dirname(main), 'crew-hand.mjs'))).toBe(true);
  });

  testOfThreads(
    'has the same files from the command and its threads as from a Lambda, which has none',
    async () => {
      const { config: file, folder } = await largeCompany();
      const [alone, threaded] = [join(folder, 'alone'), join(folder, 'threaded')];
      const config = await openConfig(file);
      const warehouse = await duckdbWarehouse({ path: join(folder, 'large') });
      const ports = portsOf(cutAsAthenaDoes(warehouse), folderObjectStore(alone));
      for (const day of [toDay('2026-11-20'), asOf]) {
        await scoreAccounts.run({ asOf: day, config }, ports);
        const words = ['run', 'score-accounts', '--config', file, '--as-of', day];
        await run(process.execPath, [command, ...words, '--out', threaded]);
      }
      await warehouse.close();
      expect(Object.keys(filesOf(alone)).length).toBeGreaterThan(50);
      expect(filesOf(threaded)).toEqual(filesOf(alone));
    },
    120_000,
  );

  testOfThreads(
    'whose last results cannot be read is told which file it is, by a thread too',
    async () => {
      const { config, folder } = await largeCompany();
      const out = join(folder, 'results');
      const words = ['run', 'score-accounts', '--config', config, '--out', out, '--as-of'];
      await run(process.execPath, [command, ...words, '2026-11-20']);
      const day = join(out, 'runs/score-accounts/2026-11-20');
      const receipts = readdirSync(day, { recursive: true, encoding: 'utf8' }).find((name) =>
        name.includes('health_receipts'),
      );
      writeFileSync(join(day, String(receipts)), 'not a table');
      const failed = await run(process.execPath, [command, ...words, asOf]).catch((error) => error);
      expect(failed.code).toBe(1);
      expect(failed.stderr).toMatch(/health_receipts.*found\s+a file that cannot be read/s);
      expect(failed.stderr).not.toMatch(/\n\s+at /);
    },
    120_000,
  );
});
