import { loadTables } from './load-tables.ts';
import { type TrinoClient, trinoClient } from './trino-client.ts';

const CATALOG = 'memory';
let schemas = 0;

/** A schema of its own in the Trino at an address, with the tables of a folder of Parquet files. */
export const loadSchema = async (address: string, folder: string): Promise<TrinoClient> => {
  schemas += 1;
  const schema = `company_${process.pid}_${schemas}`;
  await trinoClient(address, CATALOG, 'default')(`CREATE SCHEMA ${CATALOG}.${schema}`);
  const trino = trinoClient(address, CATALOG, schema);
  await loadTables(folder, trino);
  return trino;
};
