import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Day, dayToEpoch } from '../../../shared/basics/day.ts';
import { accountStories } from './account-story.ts';
import { rowAppender } from './append-rows.ts';
import type { Cell, SampleTable, Window } from './sample-table.ts';
import { tables, usageTables } from './tables.ts';

export interface SampleCompany {
  /** Where the Parquet files go; made if missing, files of the same name replaced. */
  readonly folder: string;
  readonly accounts: number;
  /** The day the company is looked at: everything known is from before it. */
  readonly asOf: Day;
  readonly seed: number;
  /** Told while the accounts are made up, then after every file. */
  onProgress?(step: 'accounts' | 'files', done: number, total: number): void;
}

/** Two years of events; beyond the size of any real customer base only what health looks at. */
const historyDays = (accountCount: number): number => (accountCount <= 10_000 ? 730 : 120);

const accountsPerFlush = 1_000;

/**
 * Writes the sample company "Harbourline Software" as one Parquet file per source.
 * The same arguments give the same bytes.
 */
export const writeSampleCompany = async (company: SampleCompany): Promise<void> => {
  const folder = resolve(company.folder);
  const spill = join(folder, '.spill');
  await mkdir(folder, { recursive: true });
  // One thread a query: rows then keep the order they were put in, and files their bytes.
  const database = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
  });
  try {
    await writeTables(database, company, folder);
  } finally {
    database.closeSync();
    await rm(spill, { recursive: true, force: true });
  }
};

/** DuckDB makes days of the usage, the longest work, while the other tables are told. */
async function writeTables(
  database: DuckDBInstance,
  company: SampleCompany,
  folder: string,
): Promise<void> {
  const asOf = dayToEpoch(company.asOf);
  const { accounts, seed, onProgress } = company;
  const window = { asOf, from: asOf - historyDays(accounts), seed, accounts };
  const total = usageTables.length + tables.length;
  let done = 0;
  const writeAll = async (connection: DuckDBConnection, some: readonly SampleTable[]) => {
    for (const table of some) {
      await writeFile(connection, table, window, join(folder, `${table.name}.parquet`));
      done += 1;
      onProgress?.('files', done, total);
    }
  };
  const usage = await database.connect();
  const others = await database.connect();
  try {
    await stageAll(usage, usageTables, window);
    const telling = async () => {
      await stageAll(others, tables, window, onProgress);
      await writeAll(others, tables);
    };
    // Neither connection may be closed while the other's work is still under way.
    const outcomes = await Promise.allSettled([writeAll(usage, usageTables), telling()]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    usage.closeSync();
    others.closeSync();
  }
}

/** Tells every story once and puts what each table has to say about it into DuckDB. */
async function stageAll(
  connection: DuckDBConnection,
  tables: readonly SampleTable[],
  window: Window,
  onProgress?: SampleCompany['onProgress'],
): Promise<void> {
  const staged = tables.filter(({ from }) => from === undefined);
  const stages = await Promise.all(staged.map((table) => openStage(connection, table)));
  for (const { table, append } of stages) {
    for (const row of table.companyRows?.(window) ?? []) append(row);
  }
  const { accounts: count, seed, asOf } = window;
  const storyOf = accountStories({ seed, asOf });
  for (let index = 0; index < count; index += 1) {
    const story = storyOf(index);
    for (const { table, append } of stages) {
      for (const row of table.rows?.(story, window) ?? []) append(row);
    }
    if ((index + 1) % accountsPerFlush !== 0 && index + 1 !== count) continue;
    for (const { appender } of stages) appender.flushSync();
    // DuckDB's binding lets go of the values it was handed only when the event loop turns.
    await setImmediate();
    onProgress?.('accounts', index + 1, count);
  }
  for (const { appender } of stages) appender.closeSync();
}

async function openStage(connection: DuckDBConnection, table: SampleTable): Promise<Stage> {
  const columns = Object.entries(table.columns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE ${stagedName(table)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(stagedName(table));
  return { table, appender, append: rowAppender(appender, table) };
}

interface Stage {
  readonly table: SampleTable;
  readonly appender: DuckDBAppender;
  append(row: Readonly<Record<string, Cell>>): void;
}

async function writeFile(
  connection: DuckDBConnection,
  table: SampleTable,
  window: Window,
  file: string,
): Promise<void> {
  const staged = stagedName(table);
  const select = table.expand?.(staged, window) ?? `SELECT * FROM ${staged}`;
  const target = file.replaceAll("'", "''");
  await connection.run(`COPY (${select}) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`);
}

const stagedName = ({ name, from = name }: SampleTable): string => `staged_${from}`;
