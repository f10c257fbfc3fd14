import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { assert } from '../../../shared/basics/problem.ts';
import type { Upload } from '../../../shared/ports/object-store.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { COPY_BYTES_AT_MOST, s3Copy } from './s3-copy.ts';

const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_MOST = COPY_BYTES_AT_MOST / PART_BYTES;

/** Where large objects are put together; the results bucket lets what stands there expire. */
const STAGING = 'scratch/uploads';

/** Writes an object of up to 5 GB while holding one part of it in memory. */
export const s3Upload = (bucket: S3Bucket): Upload => {
  const staged = s3Staged(bucket, `${STAGING}/${randomUUID()}`);
  let buffer: Buffer | undefined;
  let filled = 0;
  let state: 'open' | 'finished' | 'abandoned' = 'open';

  return {
    write: async (bytes) => {
      assert(state === 'open', `writing to an upload that is ${state}`);
      for (let taken = 0; taken < bytes.length; ) {
        buffer ??= Buffer.allocUnsafe(PART_BYTES);
        const piece = bytes.subarray(taken, taken + PART_BYTES - filled);
        buffer.set(piece, filled);
        taken += piece.length;
        filled += piece.length;
        if (filled < PART_BYTES) continue;
        await staged.send(buffer);
        filled = 0;
      }
    },

    finish: async (key) => {
      assert(state === 'open', `finishing an upload that is ${state}`);
      const target = bucket.target(key);
      const rest = buffer?.subarray(0, filled) ?? Buffer.alloc(0);
      if (staged.hasBegun()) {
        if (rest.length > 0) await staged.send(rest);
        filled = 0;
        await staged.complete(key);
      } else {
        const command = new PutObjectCommand({ ...target, Body: rest });
        const done = await bucket.call('PutObject', key, () => bucket.client.send(command));
        assert(done, 'an unconditional PutObject is never refused for what stands there');
      }
      state = 'finished';
    },

    abandon: async () => {
      if (state === 'open') await staged.abort();
      state = 'abandoned';
    },
  };
};

/** A multipart upload has to name its key when it begins, so it gets one of its own, then a copy. */
function s3Staged(bucket: S3Bucket, staging: string) {
  const { client } = bucket;
  const target = bucket.target(staging);
  const parts: CompletedPart[] = [];
  let upload: { UploadId: string } | undefined;

  const begin = async () => {
    const command = new CreateMultipartUploadCommand(target);
    const begun = await bucket.call('CreateMultipartUpload', staging, () => client.send(command));
    assert(begun?.UploadId, 'a begun upload has an id');
    return { UploadId: begun.UploadId };
  };

  const send = async (Body: Uint8Array) => {
    upload ??= await begin();
    const PartNumber = parts.length + 1;
    assert(PartNumber <= PARTS_AT_MOST, `an upload has at most ${PARTS_AT_MOST} parts`);
    const command = new UploadPartCommand({ ...target, ...upload, PartNumber, Body });
    const sent = await bucket.call('UploadPart', staging, () => client.send(command));
    if (!sent) throw bucket.failure('UploadPart', staging, 'an upload that was aborted elsewhere');
    parts.push({ PartNumber, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 });
  };

  const complete = async (key: string) => {
    assert(upload, 'an upload with parts has begun');
    const MultipartUpload = { Parts: parts };
    const command = new CompleteMultipartUploadCommand({ ...target, ...upload, MultipartUpload });
    // When the reply to a completion is lost, the next attempt finds no such upload. Nobody else
    // knows the staging key, so what stands there then is ours, and the copy tells whether it does.
    await bucket.call('CompleteMultipartUpload', staging, () => client.send(command));
    if (await s3Copy(bucket, staging, key)) return;
    const found = 'an upload that was aborted elsewhere';
    throw bucket.failure('CompleteMultipartUpload', staging, found);
  };

  const abort = async () => {
    if (!upload) return;
    const command = new AbortMultipartUploadCommand({ ...target, ...upload });
    await bucket.call('AbortMultipartUpload', staging, () => client.send(command));
  };

  return { hasBegun: () => upload !== undefined, send, complete, abort };
}
