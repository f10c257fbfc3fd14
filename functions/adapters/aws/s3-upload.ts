import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { assert } from '../../../shared/basics/problem.ts';
import type { Upload } from '../../../shared/ports/object-store.ts';
import type { S3Bucket } from './s3-bucket.ts';

const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_MOST = 10_000;
const MARK = 'holdfast-upload';

/** Writes an object of any size while holding one part of it in memory. */
export const s3Upload = (bucket: S3Bucket, key: string): Upload => {
  const multipart = s3Multipart(bucket, key);
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
        await multipart.send(buffer);
        filled = 0;
      }
    },

    finish: async () => {
      assert(state === 'open', `finishing an upload that is ${state}`);
      const rest = buffer?.subarray(0, filled) ?? Buffer.alloc(0);
      if (!multipart.hasBegun()) {
        await putWhole(bucket, key, rest);
      } else {
        if (rest.length > 0) await multipart.send(rest);
        await multipart.complete();
      }
      state = 'finished';
    },

    abandon: async () => {
      if (state === 'open') await multipart.abort();
      state = 'abandoned';
    },
  };
};

async function putWhole(bucket: S3Bucket, key: string, Body: Uint8Array): Promise<void> {
  const command = new PutObjectCommand({ ...bucket.target(key), Body });
  const done = await bucket.call('PutObject', key, () => bucket.client.send(command));
  assert(done, 'an unconditional PutObject is never refused for what stands there');
}

function s3Multipart(bucket: S3Bucket, key: string) {
  const { client } = bucket;
  const target = bucket.target(key);
  const mark = randomUUID();
  const parts: CompletedPart[] = [];
  let upload: { UploadId: string } | undefined;

  const begin = async () => {
    const command = new CreateMultipartUploadCommand({ ...target, Metadata: { [MARK]: mark } });
    const begun = await bucket.call('CreateMultipartUpload', key, () => client.send(command));
    assert(begun?.UploadId, 'a begun upload has an id');
    return { UploadId: begun.UploadId };
  };

  const send = async (Body: Uint8Array) => {
    upload ??= await begin();
    const PartNumber = parts.length + 1;
    assert(PartNumber <= PARTS_AT_MOST, `an upload has at most ${PARTS_AT_MOST} parts`);
    const command = new UploadPartCommand({ ...target, ...upload, PartNumber, Body });
    const sent = await bucket.call('UploadPart', key, () => client.send(command));
    if (!sent) throw bucket.failure('UploadPart', key, 'an upload that was aborted elsewhere');
    parts.push({ PartNumber, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 });
  };

  const complete = async () => {
    assert(upload, 'an upload with parts has begun');
    const MultipartUpload = { Parts: parts };
    const command = new CompleteMultipartUploadCommand({ ...target, ...upload, MultipartUpload });
    const done = await bucket.call('CompleteMultipartUpload', key, () => client.send(command));
    if (done) return;

    // When the reply to a completion is lost, the next attempt finds no such upload: look for ours.
    const head = await bucket.call('HeadObject', key, () =>
      client.send(new HeadObjectCommand(target)),
    );
    if (head?.Metadata?.[MARK] === mark) return;
    throw bucket.failure('CompleteMultipartUpload', key, 'an upload that was aborted elsewhere');
  };

  const abort = async () => {
    if (!upload) return;
    const command = new AbortMultipartUploadCommand({ ...target, ...upload });
    await bucket.call('AbortMultipartUpload', key, () => client.send(command));
  };

  return { hasBegun: () => upload !== undefined, send, complete, abort };
}
