import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlName, sqlText } from '../../shared/sources/sql.ts';
import type { TrinoClient } from './trino-client.ts';

const ROWS_PER_INSERT = 2_000;

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
      const lines = result.getRows().map((row) => {
        return `(${row.map((cell, at) => literal(cell, types[at] ?? '')).join(', ')})`;
      });
      for (let from = 0; from < lines.length; from += ROWS_PER_INSERT) {
        const values = lines.slice(from, from + ROWS_PER_INSERT).join(',\n');
        await trino(`INSERT INTO ${table} VALUES ${values}`);
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

const trinoType = (type: string): string => (type === 'TIMESTAMP' ? 'TIMESTAMP(6)' : type);

function literal(cell: unknown, type: string): string {
  if (cell === null) return 'NULL';
  const text = String(cell);
  if (type === 'VARCHAR') return sqlText(text);
  if (type === 'TIMESTAMP(6)') return `TIMESTAMP ${sqlText(text)}`;
  if (type === 'DATE' || type === 'DOUBLE' || type.startsWith('DECIMAL')) {
    return `${type.replace(/\(.*/, '')} ${sqlText(text)}`;
  }
  return text;
}
