import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Config } from '../shared/config/schema.ts';
import { sqlName, sqlText } from '../shared/sources/sql.ts';

interface OpenTables {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** DuckDB as it comes, over the warehouse folder of a config; it may write where it is told to. */
export const openTables = async ({ warehouse }: Config): Promise<OpenTables> => {
  if (warehouse.kind !== 'duckdb') throw new RangeError('the benchmark runs on DuckDB');
  const spill = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: spill });
  const connection = await instance.connect();
  // As the adapter of the job has it.
  await connection.run("SET TimeZone = 'UTC'");
  for (const file of await readdir(warehouse.path)) {
    const rows = `read_parquet(${sqlText(join(warehouse.path, file))})`;
    await connection.run(`CREATE VIEW ${sqlName(parse(file).name)} AS FROM ${rows}`);
  }
  return {
    connection,
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(spill, { recursive: true, force: true });
    },
  };
};
