import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { partitionPath } from '../shared/publish/publication.ts';
import { sqlName, sqlText } from '../shared/sources/sql.ts';
import { AS_OF } from './day.ts';

/** Differences between what the job published and what the SQL did; all but the words must be 0. */
export interface Comparison {
  readonly accounts: number;
  readonly receiptLines: number;
  /** Accounts with another score, band, coverage, driver or anything else that is judged. */
  readonly accountsDiffering: number;
  /** Receipt lines with another value, points, weight or contribution. */
  readonly linesDiffering: number;
  /** Lines whose words differ: printf rounds half a tenth to the even one. */
  readonly wordsDiffering: number;
}

const JUDGED = [
  'segment',
  'motion',
  'lifecycle',
  'arr_cents',
  'score',
  'band',
  'scored_band',
  'coverage',
  'gate_effect',
  'gate_reason',
  'top_driver',
  'top_driver_lost',
  'top_driver_play',
];

/** Compares every account and every line of a first run with the tables that the SQL wrote. */
export const compareResults = async (ours: string, sql: string): Promise<Comparison> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rowsOf = (path: string) => `read_parquet(${sqlText(path)}, hive_partitioning = false)`;
  for (const table of ['account_health', 'health_receipts']) {
    const published = rowsOf(join(ours, partitionPath(table, AS_OF)));
    await connection.run(`CREATE VIEW ours_${table} AS FROM ${published}`);
    await connection.run(
      `CREATE VIEW sql_${table} AS FROM ${rowsOf(join(sql, `${table}.parquet`))}`,
    );
  }
  const accounts = await counted(connection, 'account_health', ['account_id'], { judged: JUDGED });
  const lines = await counted(connection, 'health_receipts', ['account_id', 'measure'], {
    judged: ['dimension', 'status', 'raw_value', 'points', 'weight', 'contribution'],
    words: ['evidence', 'reason'],
  });
  connection.closeSync();
  instance.closeSync();
  return {
    accounts: accounts.all ?? 0,
    receiptLines: lines.all ?? 0,
    accountsDiffering: accounts.judged ?? 0,
    linesDiffering: lines.judged ?? 0,
    wordsDiffering: lines.words ?? 0,
  };
};

/** A row that only one side has differs in everything. */
async function counted(
  connection: DuckDBConnection,
  table: string,
  key: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, number>> {
  const counts = Object.entries(groups).map(([group, columns]) => {
    const differs = [...key, ...columns].map(
      (column) => `ours.${sqlName(column)} IS DISTINCT FROM theirs.${sqlName(column)}`,
    );
    return `CAST(count_if(${differs.join(' OR ')}) AS DOUBLE) AS ${group}`;
  });
  const on = key.map((column) => `ours.${column} = theirs.${column}`).join(' AND ');
  const found = await connection.runAndReadAll(`
    SELECT CAST(count(*) AS DOUBLE) AS "all", ${counts.join(', ')}
    FROM ours_${table} ours FULL JOIN sql_${table} theirs ON ${on}`);
  return found.getRowObjects()[0] as Record<string, number>;
}

/** Whether two runs published the very same files: table by table, the digests that differ. */
export const differingFiles = async (one: string, other: string): Promise<string[]> => {
  const [files, others] = await Promise.all([filesOf(one), filesOf(other)]);
  return [...files]
    .filter(([table, sha256]) => others.get(table) !== sha256)
    .map(([table]) => table);
};

interface ManifestFiles {
  readonly files: readonly { readonly table: string; readonly sha256: string }[];
}

async function filesOf(out: string): Promise<Map<string, string>> {
  const pointer = await readFile(join(out, 'latest', 'score-accounts.json'), 'utf8');
  const { manifest: path } = JSON.parse(pointer) as { manifest: string };
  const manifest = JSON.parse(await readFile(join(out, path), 'utf8')) as ManifestFiles;
  return new Map(manifest.files.map(({ table, sha256 }) => [table, sha256]));
}
