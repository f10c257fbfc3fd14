import { sha256 } from '../../../shared/basics/digest.ts';
import { assert } from '../../../shared/basics/problem.ts';
import type { StreamQuery } from '../../../shared/ports/warehouse.ts';
import { sqlName, sqlText } from '../../../shared/sources/sql.ts';
import { titledQuery } from './titled-query.ts';

export const BUCKET_COLUMN = 'holdfast_bucket';

const ROWS_PER_BUCKET = 16_384;
// Athena writes at most 100 partitions in one statement.
const BUCKETS_AT_MOST = 100;

/** Where one try of an unload writes, what it says, and the token that makes it happen once. */
export interface UnloadTry {
  readonly sql: string;
  readonly token: string;
  /** The key under which the execution id is remembered. */
  readonly record: string;
}

export interface UnloadSetting {
  readonly scratchAddress: string;
  readonly catalog: string;
  readonly database: string;
  readonly workgroup: string;
}

/**
 * Cuts the answer into ranges of the sort key: neither engine keeps an order, but ranges read one
 * after the other and sorted one by one are in order, with one range in memory.
 */
export const bucketedUnload = (query: StreamQuery, setting: UnloadSetting) => {
  const { runKey, name, rowsExpected } = query;
  const { scratchAddress, catalog, database, workgroup } = setting;
  const select = selectWithBucket(query, bucketCount(rowsExpected));
  const identity = [runKey, name, select, catalog, database, workgroup];
  const run = runKey.replace(/[^A-Za-z0-9=_-]+/g, '-');
  // The digest keeps two texts of one query apart even where a run key should have done so.
  const folder = `run=${run}/q=${name}-${digestOf(identity).slice(0, 16)}`;

  return (number: number): UnloadTry => {
    const place = `${folder}/try=${number}`;
    const to = `${scratchAddress.replace(/\/$/, '')}/${place}/`;
    const sql = `UNLOAD (\n${select}\n) TO ${sqlText(to)}\nWITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['${BUCKET_COLUMN}'])`;
    return { sql, token: digestOf([...identity, to]), record: `${place}.execution.json` };
  };
};

/** The bucket that a file belongs to, which the engine writes into its path and not into the file. */
export const bucketOf = (key: string): number => {
  const found = new RegExp(`(?:^|/)${BUCKET_COLUMN}=(\\d+)/[^/]+$`).exec(key)?.[1];
  assert(found !== undefined, `${key} lies in no bucket`);
  return Number(found);
};

function bucketCount(rowsExpected: number): number {
  return Math.min(BUCKETS_AT_MOST, Math.max(1, Math.ceil(rowsExpected / ROWS_PER_BUCKET) || 1));
}

function selectWithBucket({ name, sql, orderBy }: StreamQuery, buckets: number): string {
  const range = `ntile(${buckets}) OVER (ORDER BY q.${sqlName(orderBy)})`;
  const bucket = `CAST(${range} AS INTEGER) AS ${BUCKET_COLUMN}`;
  // The query stands on its own lines: it may end in a comment.
  return titledQuery(name, `SELECT q.*, ${bucket} FROM (\n${sql}\n) q`);
}

function digestOf(parts: readonly string[]): string {
  return sha256(JSON.stringify(parts));
}
