import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, inject } from 'vitest';
import { ACCOUNTS_SQL, warehouseContract } from '../contracts/warehouse.contract.ts';
import { loadSchema } from './load-schema.ts';
import { trinoWarehouse } from './trino-warehouse.ts';

const address = inject('trino');

describe.skipIf(address === '')('the warehouse of these tests is one', () => {
  warehouseContract('Trino', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-trino-'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(ACCOUNTS_SQL);
    await connection.run(`COPY accounts TO '${folder}/accounts.parquet' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const warehouse = trinoWarehouse(await loadSchema(address, folder));
    return { warehouse, close: () => rm(folder, { recursive: true, force: true }) };
  });
});
