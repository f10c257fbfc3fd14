import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll } from 'vitest';
import { athenaWarehouse } from '../../functions/adapters/aws/athena-warehouse.ts';
import { s3ObjectStore } from '../../functions/adapters/aws/s3-object-store.ts';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { fakeAthena } from '../kit/fake-athena.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeS3 } from '../kit/fake-s3.ts';
import { ACCOUNTS_SQL, warehouseContract } from './warehouse.contract.ts';

const engine = await DuckDBInstance.create(':memory:');
const connection = await engine.connect();
await connection.run(ACCOUNTS_SQL);
const root = await mkdtemp(join(tmpdir(), 'holdfast-warehouse-'));

afterAll(async () => {
  engine.closeSync();
  await rm(root, { recursive: true });
});

warehouseContract('Athena', async () => {
  const clock = fakeClock();
  const s3 = await fakeS3();
  const athena = await fakeAthena({ connection, s3, now: clock.now });
  const warehouse = athenaWarehouse({
    client: new AthenaClient(athena.client),
    scratch: s3ObjectStore({ client: new S3Client(s3.client), bucket: 'lake', prefix: 'scratch' }),
    scratchAddress: 's3://lake/scratch',
    catalog: 'AwsDataCatalog',
    database: 'crm',
    workgroup: 'holdfast',
    clock,
    random: Math.random,
  });
  const close = async () => {
    await athena.close();
    await s3.close();
  };
  return { warehouse, close };
});

await connection.run(`ATTACH '${root}/crm.duckdb'; COPY FROM DATABASE memory TO crm; DETACH crm`);
warehouseContract('DuckDB database', () => onDisk('crm.duckdb'));

await mkdir(join(root, 'parquet'));
await connection.run(`COPY accounts TO '${root}/parquet/accounts.parquet' (FORMAT parquet)`);
warehouseContract('folder of Parquet', () => onDisk('parquet'));

await mkdir(join(root, 'csv'));
await connection.run(`COPY accounts TO '${root}/csv/accounts.csv' (HEADER)`);
// Many programs quote every cell of a CSV, so a quoted nothing cannot count as text.
warehouseContract('folder of CSV', () => onDisk('csv'), { tellsEmptyFromNull: false });

async function onDisk(path: string) {
  return { warehouse: await duckdbWarehouse({ path: join(root, path) }) };
}
