import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Day, dayToEpoch } from '../../../shared/basics/day.ts';
import { accountStories } from './account-story.ts';
import { accounts } from './accounts.ts';
import { rowAppender } from './append-rows.ts';
import { contracts } from './contracts.ts';
import type { SampleTable, Window } from './sample-table.ts';
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
  onProgress?(table: string, accountsDone: number, accountsTotal: number): void;
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

const accountsPerFlush = 2_000;

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
    for (const table of tables) await writeTable(connection, table, { ...company, folder });
  } finally {
    connection.closeSync();
    database.closeSync();
    await rm(spill, { recursive: true, force: true });
  }
};

async function writeTable(
  connection: DuckDBConnection,
  table: SampleTable,
  company: SampleCompany,
): Promise<void> {
  const asOf = dayToEpoch(company.asOf);
  const window = { asOf, from: asOf - historyDays(company.accounts), seed: company.seed };
  await stage(connection, table, company, window);
  const file = join(company.folder, `${table.name}.parquet`).replaceAll("'", "''");
  const select = table.expand?.(window) ?? 'SELECT * FROM staged';
  await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
  await connection.run('DROP TABLE staged');
}

async function stage(
  connection: DuckDBConnection,
  table: SampleTable,
  { accounts: count, seed, onProgress }: SampleCompany,
  window: Window,
): Promise<void> {
  const columns = Object.entries(table.columns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE staged (${columns.join(', ')})`);
  const appender = await connection.createAppender('staged');
  const append = rowAppender(appender, table);
  const storyOf = accountStories({ seed, asOf: window.asOf });
  for (let index = 0; index < count; index += 1) {
    for (const row of table.rows(storyOf(index), window)) append(row);
    if ((index + 1) % accountsPerFlush !== 0 && index + 1 !== count) continue;
    appender.flushSync();
    onProgress?.(table.name, index + 1, count);
  }
  appender.closeSync();
}
