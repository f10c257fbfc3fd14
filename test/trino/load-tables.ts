import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlName, sqlText } from '../../shared/sources/sql.ts';
import type { TrinoClient } from './trino-client.ts';

// Trino takes a million characters in a statement.
const ROWS_PER_INSERT = 5_000;

/** Puts the Parquet files of a folder into a Trino, as tables of the same names and types. */
export const loadTables = async (folder: string, trino: TrinoClient): Promise<void> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.parquet'))) {
      const rows = `read_parquet(${sqlText(join(folder, file))})`;
      const table = sqlName(basename(file, '.parquet'));
      const result = await connection.runAndReadAll(`SELECT * FROM ${rows}`);
      const types = result.columnTypes().map((type) => trinoType(String(type)));
      const columns = result.columnNames().map((name, at) => `${sqlName(name)} ${types[at]}`);
      await trino(`CREATE TABLE ${table} (${columns.join(', ')})`);
      const shaped = types.map((type, at) => `CAST(r[${at + 1}] AS ${type})`).join(', ');
      const texts = result.getRows().map((row) => row.map(text));
      for (let from = 0; from < texts.length; from += ROWS_PER_INSERT) {
        // One text for many rows: Trino is slow to read as many literals.
        const json = sqlText(JSON.stringify(texts.slice(from, from + ROWS_PER_INSERT)));
        const unnested = `UNNEST(CAST(json_parse(${json}) AS ARRAY(ARRAY(VARCHAR)))) t(r)`;
        await trino(`INSERT INTO ${table} SELECT ${shaped} FROM ${unnested}`);
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

const trinoType = (type: string): string => (type === 'TIMESTAMP' ? 'TIMESTAMP(6)' : type);

const text = (cell: unknown): string | null => (cell === null ? null : String(cell));
