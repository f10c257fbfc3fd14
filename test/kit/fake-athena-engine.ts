import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FakeS3 } from './fake-s3.ts';

export interface EngineAnswer {
  readonly columns: readonly { readonly Name: string; readonly Type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Where an unload lists the files it wrote; it writes neither when there are no rows. */
  readonly manifest?: string;
}

/** Runs a SELECT and tells its answer in the texts and type names of Athena. */
export const selected = async (
  connection: DuckDBConnection,
  sql: string,
): Promise<EngineAnswer> => {
  const reader = await connection.runAndReadAll(sql);
  const types = reader.columnTypes().map((type) => athenaType(`${type}`));
  const columns = reader.columnNames().map((Name, index) => ({ Name, Type: types[index] ?? '' }));
  const rows = reader.getRows().map((row) => row.map((cell) => (cell === null ? null : `${cell}`)));
  return { columns, rows };
};

/** Runs an UNLOAD as a partitioned COPY and lays its files and their manifest into the fake S3. */
export const unloaded = async (
  connection: DuckDBConnection,
  s3: FakeS3,
  sql: string,
  output: { readonly manifest: string; readonly breaks: boolean },
): Promise<EngineAnswer> => {
  const [, select, to, properties] = UNLOAD.exec(sql) ?? [];
  if (!select || !to || !properties) throw new Error('SYNTAX_ERROR: not an UNLOAD');
  if (!/format = 'PARQUET', compression = 'ZSTD'/.test(properties))
    throw new Error('NOT_SUPPORTED');
  const [, partition] = /partitioned_by = ARRAY\['(\w+)'\]/.exec(properties) ?? [];
  const place = nameOf(to);
  if ([...s3.objects.keys()].some((name) => name.startsWith(place))) {
    throw new Error(`HIVE_PATH_ALREADY_EXISTS: Target directory is not empty: ${to}`);
  }
  // A query that breaks half way leaves files behind; a new try must not go where they lie.
  s3.put(`${place}${partition}=1/orphan-of-a-broken-try`, 'half');
  if (output.breaks) throw new Error('INTERNAL_ERROR: told to break half way');
  s3.objects.delete(`${place}${partition}=1/orphan-of-a-broken-try`);

  const folder = await mkdtemp(join(tmpdir(), 'fake-athena-'));
  try {
    const kind = `FORMAT parquet, COMPRESSION zstd, PARTITION_BY (${partition}), OVERWRITE`;
    await connection.run(`COPY (${select}) TO '${folder}' (${kind})`);
    const found = await readdir(folder, { recursive: true });
    const files = found.filter((file) => file.endsWith('.parquet')).sort();
    for (const file of files) s3.put(`${place}${file}`, await readFile(join(folder, file)));
    const manifest = files.length > 0 ? output.manifest : undefined;
    if (manifest) s3.put(nameOf(manifest), files.map((file) => `${to}${file}\n`).join(''));
    return { columns: [], rows: [], ...(manifest && { manifest }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const UNLOAD = /^\s*UNLOAD\s*\(([\s\S]*)\)\s*TO\s*'([^']+\/)'\s*WITH\s*\(([\s\S]*)\)\s*$/;

function nameOf(address: string): string {
  return address.replace('s3://', '');
}

function athenaType(duckdb: string): string {
  const name = duckdb.toLowerCase().replace(/\(.*/, '');
  return { hugeint: 'bigint', real: 'float' }[name] ?? name;
}
