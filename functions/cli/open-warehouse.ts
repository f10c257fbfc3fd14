import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { HoldfastError } from '../../shared/basics/problem.ts';
import type { Config } from '../../shared/config/schema.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { athenaWarehouse } from '../adapters/aws/athena-warehouse.ts';
import { s3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { duckdbWarehouse } from '../adapters/local/duckdb-warehouse.ts';
import { folderObjectStore } from '../adapters/local/folder-object-store.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { stopOnInterrupt } from './stop-on-interrupt.ts';

/** The results where --out says: an s3:// address, or a folder. */
export const openStore = (out: string): ObjectStore => {
  if (out.trim() === '') {
    const expected = 'a folder, or s3://bucket/prefix';
    const fix = 'Name it, or leave --out away; is a variable of your shell unset?';
    throw new HoldfastError('usage', [{ where: '--out', found: 'nothing', expected, fix }]);
  }
  const place = s3Place(out);
  return place === null
    ? folderObjectStore(out)
    : s3ObjectStore({ client: new S3Client({}), ...place });
};

/**
 * The warehouse of the config. Athena needs a place in S3 for what it unloads: --out s3://…. Ctrl-C
 * stops its queries; a run on DuckDB just ends, as a killed one may.
 */
export const openWarehouse = async (
  { warehouse }: Config,
  out: string | undefined,
): Promise<Warehouse> => {
  if (warehouse.kind === 'duckdb') return duckdbWarehouse(warehouse);
  const place = s3Place(out ?? '');
  if (place === null) {
    throw new HoldfastError('usage', [
      {
        where: '--out',
        found: out ?? 'nothing',
        expected: 's3://bucket or s3://bucket/prefix, because Athena unloads into S3',
        fix: 'Name the bucket that the stack made.',
      },
    ]);
  }
  const prefix = [place.prefix, 'scratch'].filter(Boolean).join('/');
  const interrupt = stopOnInterrupt();
  const athena = athenaWarehouse({
    client: new AthenaClient({}),
    scratch: s3ObjectStore({ client: new S3Client({}), bucket: place.bucket, prefix }),
    scratchAddress: `s3://${place.bucket}/${prefix}`,
    ...warehouse,
    clock: systemClock,
    random: Math.random,
    signal: interrupt.signal,
  });
  return { ...athena, close: () => athena.close().finally(interrupt.release) };
};

function s3Place(address: string): { bucket: string; prefix: string } | null {
  const found = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(address);
  return found === null ? null : { bucket: found[1] as string, prefix: found[2] as string };
}
