import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { sqlName, sqlText } from '../../../shared/sources/sql.ts';
import { csvRows } from './csv-rows.ts';

export interface OpenDuckdb {
  readonly instance: DuckDBInstance;
  /** The one folder it may write to, for what it spills and for large answers; of its own. */
  readonly scratch: string;
}

/** Opens a database file or a folder of files, for reading and for nothing else. */
export async function openDuckdb(path: string, memoryMb: number): Promise<OpenDuckdb> {
  // Of its own: DuckDB gives what it spills the same names in every process.
  const scratch = join(tmpdir(), `holdfast-duckdb-${randomUUID()}`);
  const settings = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${memoryMb}MB`,
    // Whatever must be in order says so in its query.
    preserve_insertion_order: 'false',
    temp_directory: scratch,
  };
  const found = await stat(path).catch(() => null);
  if (found === null) throw unreadable(path, 'nothing', 'Correct warehouse.path.');
  const instance = found.isDirectory()
    ? await DuckDBInstance.create(':memory:', settings)
    : await openDatabase(path, settings);
  const connection = await instance.connect();
  // A moment with a zone is then read on the same clock on every machine.
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  if (found.isDirectory()) await createTables(connection, path);
  const directories = found.isDirectory() ? [path, scratch] : [scratch];
  await connection.run(`SET allowed_directories = [${directories.map(sqlText).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  connection.closeSync();
  return { instance, scratch };
}

async function openDatabase(path: string, settings: Record<string, string>) {
  try {
    return await DuckDBInstance.create(path, { ...settings, access_mode: 'READ_ONLY' });
  } catch (error) {
    const fix = 'Is it a DuckDB database, and is nobody writing to it?';
    throw unreadable(path, duckdbWords(error), fix, error);
  }
}

async function createTables(connection: DuckDBConnection, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => /\.(parquet|csv)$/i.test(name)).sort();
  if (files.length === 0) {
    throw unreadable(folder, 'a folder without Parquet or CSV files', 'Correct warehouse.path.');
  }
  for (const file of files) {
    const path = join(folder, file);
    const name = sqlName(basename(file, extname(file)).replaceAll('.', '_'));
    try {
      if (extname(file).toLowerCase() === '.csv') {
        await connection.run(`CREATE TABLE ${name} AS FROM ${await csvRows(connection, path)}`);
      } else {
        await connection.run(`CREATE VIEW ${name} AS FROM read_parquet(${sqlText(path)})`);
      }
    } catch (error) {
      const fix = 'Is it a whole file, and is there one file of that name?';
      throw unreadable(path, duckdbWords(error), fix, error);
    }
  }
}

function unreadable(path: string, found: string, fix: string, cause?: unknown): HoldfastError {
  const expected = 'a DuckDB database file, or a folder of Parquet or CSV files';
  return new HoldfastError('warehouse', [{ where: path, found, expected, fix }], { cause });
}

/** What DuckDB says, on one line and without the excerpt of the query. */
export const duckdbWords = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n\n')[0]?.replace(/\s+/g, ' ') ??
  '';
