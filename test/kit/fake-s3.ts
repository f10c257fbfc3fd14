import { type FakeRequest, type HttpFake, httpFake } from './http-fake.ts';
import {
  type FakeBuckets,
  fakeBuckets,
  multipartOperations,
  objectOperations,
} from './s3-operations.ts';
import { failure, isIntact, unchunked } from './s3-wire.ts';

/** A `conflict` is the race of two conditional writes, which S3 answers with 409. */
export interface FakeS3 extends HttpFake<'conflict'>, Pick<FakeBuckets, 'objects' | 'uploads'> {
  put(name: string, body: Uint8Array | string): void;
}

/** S3 as far as results need it: conditional puts, ranges, multipart, copy, checked bodies. */
export const fakeS3 = async ({ owner = '111122223333' } = {}): Promise<FakeS3> => {
  const buckets = fakeBuckets();
  const operations = { ...objectOperations(buckets), ...multipartOperations(buckets) };
  const fake = await httpFake<'conflict'>({
    operationOf,
    refusal: (fault) => REFUSALS[fault],
    serve: (operation, incoming, fault) => {
      if (fault === 'conflict') return failure(409, 'ConditionalRequestConflict', 'Try again.');
      const expected = incoming.headers['x-amz-expected-bucket-owner'] ?? owner;
      if (expected !== owner) return REFUSALS.deny;
      const request = { ...incoming, body: unchunked(incoming) };
      if (!isIntact(incoming, request.body)) return failure(400, 'BadDigest', 'CRC32 differs.');
      const serve = operations[operation];
      return serve?.(request.path.slice(1), request) ?? failure(501, 'NotImplemented', operation);
    },
  });
  const { objects, uploads, store } = buckets;
  const put = (name: string, body: Uint8Array | string) => void store(name, Buffer.from(body));
  return { ...fake, objects, uploads, put };
};

function operationOf({ method, query, headers }: FakeRequest): string {
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const verbs = { PUT: 'UploadPart', POST: 'CompleteMultipartUpload' } as Record<string, string>;
    return verbs[method] ?? 'AbortMultipartUpload';
  }
  if (headers['x-amz-copy-source']) return 'CopyObject';
  return `${method[0]}${method.slice(1).toLowerCase()}Object`;
}

const REFUSALS = {
  throttle: failure(503, 'SlowDown', 'Please reduce your request rate.'),
  '500': failure(500, 'InternalError', 'We encountered an internal error.'),
  deny: failure(403, 'AccessDenied', 'Access Denied'),
};
