import { totalmem } from 'node:os';
import { HoldfastError } from '../../shared/basics/problem.ts';
import type { Config } from '../../shared/config/schema.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { folderObjectStore } from '../adapters/local/folder-object-store.ts';
import type { S3Place } from './open-aws.ts';

/** The results where --out says: an s3:// address, or a folder. */
export const openStore = async (out: string): Promise<ObjectStore> => {
  if (out.trim() === '') {
    const expected = 'a folder, or s3://bucket/prefix';
    const fix = 'Name it, or leave --out away; is a variable of your shell unset?';
    throw new HoldfastError('usage', [{ where: '--out', found: 'nothing', expected, fix }]);
  }
  const place = s3Place(out);
  if (place === null) return folderObjectStore(out);
  const { awsStore } = await import('./open-aws.ts');
  return awsStore(place);
};

/** What an engine may have of the machine, whatever a job would give it: the job needs some too. */
const SHARE_OF_MEMORY = 0.5;

/**
 * The warehouse of the config. Athena needs a place in S3 for what it unloads: --out s3://…. A run on
 * DuckDB just ends when it is interrupted, as a killed one may.
 */
export const openWarehouse = async (
  { warehouse }: Config,
  out: string | undefined,
  memoryMb?: number,
): Promise<Warehouse> => {
  if (warehouse.kind === 'duckdb') {
    const { duckdbWarehouse } = await import('../adapters/local/duckdb-warehouse.ts');
    const most = Math.floor((totalmem() / 2 ** 20) * SHARE_OF_MEMORY);
    return duckdbWarehouse({
      ...warehouse,
      ...(memoryMb && { memoryMb: Math.min(memoryMb, most) }),
    });
  }
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
  const { athena } = await import('./open-aws.ts');
  return athena(warehouse, place);
};

/** Whether results go into a bucket. */
export const isInS3 = (out: string): boolean => s3Place(out) !== null;

function s3Place(address: string): S3Place | null {
  const found = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(address);
  return found === null ? null : { bucket: found[1] as string, prefix: found[2] as string };
}
