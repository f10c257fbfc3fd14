import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { athenaWarehouse } from '../../functions/adapters/aws/athena-warehouse.ts';
import { s3ObjectStore } from '../../functions/adapters/aws/s3-object-store.ts';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { fakeAthena } from '../kit/fake-athena.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeS3 } from '../kit/fake-s3.ts';
import { ACCOUNTS_SQL, warehouseContract } from './warehouse.contract.ts';

warehouseContract('Athena', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(ACCOUNTS_SQL);
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
    instance.closeSync();
  };
  return { warehouse, close };
});

warehouseContract('DuckDB database', () => onDisk('crm.duckdb'));

warehouseContract('folder of Parquet', () =>
  onDisk('.', (folder) => `COPY accounts TO '${folder}/accounts.parquet' (FORMAT parquet)`),
);

warehouseContract('folder of CSV', () =>
  onDisk('.', (folder) => `COPY accounts TO '${folder}/accounts.csv' (HEADER, FORCE_QUOTE (note))`),
);

/** A folder with the accounts as a database file, or else as what `copy` makes of them. */
async function onDisk(path: string, copy?: (folder: string) => string) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-warehouse-'));
  const instance = await DuckDBInstance.create(copy ? ':memory:' : join(folder, path));
  const connection = await instance.connect();
  await connection.run(ACCOUNTS_SQL);
  if (copy) await connection.run(copy(folder));
  connection.closeSync();
  instance.closeSync();
  const warehouse = await duckdbWarehouse({ path: join(folder, path) });
  return { warehouse, close: () => rm(folder, { recursive: true, force: true }) };
}
