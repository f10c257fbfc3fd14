import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Day, dayToEpoch } from '../../../shared/basics/day.ts';
import { accountStories } from './account-story.ts';
import { accounts } from './accounts.ts';
import { rowAppender } from './append-rows.ts';
import { contracts } from './contracts.ts';
import type { Cell, SampleTable, Window } from './sample-table.ts';
import { supportTickets } from './support-tickets.ts';
import { surveyResponses } from './survey-responses.ts';
import { usageDaily } from './usage-daily.ts';

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

/** Another source is another file and another name here. */
const tables: readonly SampleTable[] = [
  accounts,
  contracts,
  usageDaily,
  supportTickets,
  surveyResponses,
];

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
  // One thread: rows then keep the order they were put in, and files their bytes.
  const database = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '2GB',
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
  });
  const connection = await database.connect();
  try {
    const asOf = dayToEpoch(company.asOf);
    const window = { asOf, from: asOf - historyDays(company.accounts), seed: company.seed };
    await stageAll(connection, company, window);
    for (const [place, table] of tables.entries()) {
      await writeFile(connection, table, window, join(folder, `${table.name}.parquet`));
      company.onProgress?.('files', place + 1, tables.length);
    }
  } finally {
    connection.closeSync();
    database.closeSync();
    await rm(spill, { recursive: true, force: true });
  }
};

/** Tells every story once and puts what each table has to say about it into DuckDB. */
async function stageAll(
  connection: DuckDBConnection,
  { accounts: count, seed, onProgress }: SampleCompany,
  window: Window,
): Promise<void> {
  const stages = await Promise.all(tables.map((table) => openStage(connection, table)));
  const storyOf = accountStories({ seed, asOf: window.asOf });
  for (let index = 0; index < count; index += 1) {
    const story = storyOf(index);
    for (const { table, append } of stages) {
      for (const row of table.rows(story, window)) append(row);
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
  await connection.run(`DROP TABLE ${staged}`);
}

const stagedName = ({ name }: SampleTable): string => `staged_${name}`;
