import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { assert } from '../../../shared/basics/problem.ts';
import type { ObjectStore, RangeReader, StoredObject } from '../../../shared/ports/object-store.ts';
import { type S3Bucket, type S3BucketOptions, s3Bucket } from './s3-bucket.ts';
import { s3Copy } from './s3-copy.ts';
import { s3Upload } from './s3-upload.ts';

/** Keeps results in S3, where conditional puts make claims and pointers safe between machines. */
export const s3ObjectStore = (options: S3BucketOptions): ObjectStore => {
  const bucket = s3Bucket(options);
  return {
    locate: bucket.locate,
    read: (key) => read(bucket, key),
    open: (key) => open(bucket, key),
    create: (key, bytes) => put(bucket, key, bytes, { IfNoneMatch: '*' }),
    replace: (key, bytes, version) => put(bucket, key, bytes, { IfMatch: version }),
    upload: async () => s3Upload(bucket),
    copy: (from, to) => copy(bucket, from, to),
  };
};

const LOOKS_AT_MOST = 3;

async function read(bucket: S3Bucket, key: string): Promise<StoredObject | undefined> {
  // The body is read inside the call: a connection cut half way is worth another.
  return await bucket.call('GetObject', key, async () => {
    const { Body, ETag } = await bucket.client.send(new GetObjectCommand(bucket.target(key)));
    assert(Body && ETag, 'a GetObject reply has a body and an ETag');
    return { bytes: await Body.transformToByteArray(), version: ETag };
  });
}

async function open(bucket: S3Bucket, key: string): Promise<RangeReader | undefined> {
  const target = bucket.target(key);
  const head = await bucket.call('HeadObject', key, () =>
    bucket.client.send(new HeadObjectCommand(target)),
  );
  if (!head) return undefined;
  const { ContentLength: byteLength, ETag: IfMatch } = head;
  assert(byteLength !== undefined && IfMatch, 'a HeadObject reply has a length and an ETag');

  const slice = async (start: number, end = byteLength): Promise<ArrayBuffer> => {
    const beyond = Math.min(end, byteLength);
    if (start >= beyond) return new ArrayBuffer(0);
    const Range = `bytes=${start}-${beyond - 1}`;
    const bytes = await bucket.call('GetObject', key, async () => {
      const reply = await bucket.client.send(new GetObjectCommand({ ...target, Range, IfMatch }));
      return reply.Body?.transformToByteArray();
    });
    if (!bytes) throw bucket.failure('GetObject', key, 'it was replaced while being read');
    assert(bytes.length === beyond - start, `${key} gave ${bytes.length} bytes for ${Range}`);
    return new Uint8Array(bytes).buffer;
  };
  return { byteLength, slice };
}

async function put(
  bucket: S3Bucket,
  key: string,
  bytes: Uint8Array,
  condition: { IfNoneMatch: '*' } | { IfMatch: string },
): Promise<boolean> {
  const command = () => new PutObjectCommand({ ...bucket.target(key), Body: bytes, ...condition });
  for (let looks = 1; looks <= LOOKS_AT_MOST; looks++) {
    if (await bucket.call('PutObject', key, () => bucket.client.send(command()))) return true;

    // An attempt of ours whose reply was lost makes the next one fail too: the bytes tell them apart.
    const standing = await read(bucket, key);
    if (standing) return Buffer.compare(standing.bytes, bytes) === 0;
    if ('IfMatch' in condition) return false;
  }
  throw bucket.failure('PutObject', key, 'an object that keeps coming and going');
}

async function copy(bucket: S3Bucket, from: string, to: string): Promise<void> {
  if (await s3Copy(bucket, from, to)) return;
  throw bucket.failure('CopyObject', from, 'no object to copy');
}
