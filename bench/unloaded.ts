import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  BUCKET_COLUMN,
  bucketedUnload,
  bucketOf,
} from '../functions/adapters/aws/bucketed-unload.ts';
import type { StreamQuery } from '../shared/ports/warehouse.ts';
import { sqlText } from '../shared/sources/sql.ts';
import { copiedRows } from './copied-rows.ts';
import type { RecordedAnswer } from './recorded-answers.ts';

/** What Athena leaves behind of one day: small answers, and the features as files in buckets. */
export interface UnloadedDay {
  readonly answers: readonly RecordedAnswer[];
  /** Bytes that the query of the features read. */
  readonly featureBytes: number;
  readonly rows: number;
}

const ANSWERS = 'answers.json';
const FILES = 'features';
const FORMAT = `FORMAT parquet, COMPRESSION zstd, PARTITION_BY (${BUCKET_COLUMN})`;

export const featureFolder = (folder: string): string => join(folder, FILES);

export const writeAnswers = (folder: string, day: UnloadedDay): Promise<void> =>
  writeFile(join(folder, ANSWERS), JSON.stringify(day));

export const readAnswers = async (folder: string): Promise<UnloadedDay> =>
  JSON.parse(await readFile(join(folder, ANSWERS), 'utf8')) as UnloadedDay;

/** The files of the features, as keys of a store over featureFolder. */
export const featureFiles = async (folder: string): Promise<string[]> => {
  const names = await readdir(featureFolder(folder), { recursive: true });
  return names.filter((name) => name.endsWith('.parquet')).sort();
};

/**
 * Writes an answer as Athena's UNLOAD does, by the very text that Athena would be sent: a folder for
 * each range of accounts, and in it rows in no order, which here a hash sees to.
 */
export const unloadInto = async (
  connection: DuckDBConnection,
  query: StreamQuery,
  folder: string,
): Promise<void> => {
  const nowhere = { scratchAddress: 's3://none', catalog: '', database: '', workgroup: '' };
  const { sql } = bucketedUnload(query, nowhere)(1);
  const [, select] = /^UNLOAD \(\n([\s\S]*)\n\) TO /.exec(sql) ?? [];
  const shuffled = `SELECT * FROM (${select}\n) ORDER BY ${BUCKET_COLUMN}, hash(account_id)`;
  await connection.run(`COPY (${shuffled}) TO ${sqlText(featureFolder(folder))} (${FORMAT})`);
};

/** Several times the accounts of an unloaded day: more to read, and the same to ask before. */
export const copyUnloaded = async (
  connection: DuckDBConnection,
  { from, to, copies }: { readonly from: string; readonly to: string; readonly copies: number },
): Promise<void> => {
  const day = await readAnswers(from);
  const glob = sqlText(join(featureFolder(from), '**', '*.parquet'));
  const relation = `read_parquet(${glob}, hive_partitioning = true)`;
  const parts = await copiedRows(connection, relation, { copies, mark: 'd' });
  // The marks keep the copies in order, so the buckets of one come after those of the one before.
  const before = Math.max(...(await featureFiles(from)).map(bucketOf));
  const each = Math.floor(MOST_BUCKETS / copies);
  const select = parts.map((part, copy) => {
    const bucket = `${copy * each} + 1 + (${BUCKET_COLUMN} - 1) * ${each} // ${Math.max(before, each)}`;
    return `SELECT * REPLACE (CAST(${bucket} AS INTEGER) AS ${BUCKET_COLUMN}) FROM (${part}) part`;
  });
  await mkdir(to, { recursive: true });
  const target = sqlText(featureFolder(to));
  await connection.run(`COPY (${select.join('\nUNION ALL ')}) TO ${target} (${FORMAT})`);
  await writeAnswers(to, { ...day, rows: day.rows * copies });
};

/** Athena writes no more partitions in one statement. */
const MOST_BUCKETS = 100;
