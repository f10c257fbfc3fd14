import { createHash, randomUUID } from 'node:crypto';
import type { FakeReply, FakeRequest } from './http-fake.ts';
import { type FakeObject, failure, metaOf, ranged, xml } from './s3-wire.ts';

export type S3Operation = (name: string, request: FakeRequest) => FakeReply;

/** Every object by `bucket/key`, and every upload that was neither completed nor aborted. */
export interface FakeBuckets {
  readonly objects: Map<string, FakeObject>;
  readonly uploads: Map<string, Multipart>;
  store(name: string, body: Buffer, meta?: Record<string, string>, etag?: string): FakeReply;
}

interface Multipart {
  readonly meta: Record<string, string>;
  readonly parts: Map<number, Buffer>;
}

/** What the operations below work on. */
export const fakeBuckets = (): FakeBuckets => {
  const objects: FakeBuckets['objects'] = new Map();
  const store: FakeBuckets['store'] = (name, body, meta = {}, etag = `"${md5(body)}"`) => {
    objects.set(name, { body, etag, meta });
    return { status: 200, headers: { etag } };
  };
  return { objects, uploads: new Map(), store };
};

/** The operations on one object, with the conditions that S3 lets a caller set. */
export const objectOperations = ({ objects, store }: FakeBuckets): Record<string, S3Operation> => ({
  PutObject: (name, request) =>
    unmet(request, objects.get(name)) ?? store(name, request.body, metaOf(request)),

  GetObject: (name, request) => {
    const object = objects.get(name);
    return unmet(request, object) ?? (object ? ranged(object, request.headers.range) : MISSING);
  },

  HeadObject: (name) => {
    const object = objects.get(name);
    if (!object) return { status: 404 };
    const length = { 'content-length': `${object.body.length}` };
    return { status: 200, headers: { ...object.meta, ...length, etag: object.etag } };
  },

  DeleteObject: (name) => {
    objects.delete(name);
    return { status: 204 };
  },

  CopyObject: (name, request) => {
    const { headers } = request;
    const source = decodeURIComponent(`${headers['x-amz-copy-source']}`).replace(/^\//, '');
    const object = objects.get(source);
    if (!object) return MISSING;
    const isRenamed = headers['x-amz-metadata-directive'] === 'REPLACE';
    store(name, object.body, isRenamed ? metaOf(request) : object.meta, object.etag);
    return xml('CopyObjectResult', { ETag: object.etag });
  },
});

/** The operations by which a large object appears in one moment, however long it took to send. */
export const multipartOperations = (buckets: FakeBuckets): Record<string, S3Operation> => ({
  CreateMultipartUpload: (_, request) => {
    const UploadId = randomUUID();
    buckets.uploads.set(UploadId, { meta: metaOf(request), parts: new Map() });
    return xml('InitiateMultipartUploadResult', { UploadId });
  },

  UploadPart: (_, { query, body }) => {
    const upload = buckets.uploads.get(query.get('uploadId') ?? '');
    upload?.parts.set(Number(query.get('partNumber')), body);
    return upload ? { status: 200, headers: { etag: `"${md5(body)}"` } } : NO_UPLOAD;
  },

  CompleteMultipartUpload: (name, request) => {
    const id = request.query.get('uploadId') ?? '';
    const upload = buckets.uploads.get(id);
    if (!upload) return NO_UPLOAD;
    const refused = unmet(request, buckets.objects.get(name));
    if (refused) return refused;
    const numbers = [...`${request.body}`.matchAll(/<PartNumber>(\d+)</g)].map(Number1);
    const parts = numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0));
    if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 ** 2)) {
      return failure(400, 'EntityTooSmall', 'A part but the last is smaller than 5 MiB.');
    }
    buckets.uploads.delete(id);
    const etag = `"${md5(Buffer.concat(parts.map(md5Bytes)))}-${parts.length}"`;
    buckets.store(name, Buffer.concat(parts), upload.meta, etag);
    return xml('CompleteMultipartUploadResult', { ETag: etag });
  },

  AbortMultipartUpload: (_, { query }) =>
    buckets.uploads.delete(query.get('uploadId') ?? '') ? { status: 204 } : NO_UPLOAD,
});

/** The refusal when a condition on what stands there does not hold. */
function unmet({ headers }: FakeRequest, standing?: FakeObject): FakeReply | undefined {
  const failed = failure(412, 'PreconditionFailed', 'A condition you specified did not hold.');
  if (headers['if-none-match'] === '*' && standing) return failed;
  if (headers['if-match'] === undefined) return undefined;
  if (!standing) return MISSING;
  return headers['if-match'] === standing.etag ? undefined : failed;
}

const MISSING = failure(404, 'NoSuchKey', 'The specified key does not exist.');
const NO_UPLOAD = failure(404, 'NoSuchUpload', 'The specified upload does not exist.');
const Number1 = (match: RegExpMatchArray) => Number(match[1]);
const md5Bytes = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const md5 = (bytes: Buffer) => md5Bytes(bytes).toString('hex');
