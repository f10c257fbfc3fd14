import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type FakeReply, type FakeRequest, type HttpFake, httpFake } from './http-fake.ts';

export interface FakeS3 extends HttpFake<'conflict'> {
  /** Every object by `bucket/key`. */
  readonly objects: Map<string, FakeObject>;
  put(name: string, body: Uint8Array | string): void;
  /** Uploads that were begun and neither completed nor aborted. */
  readonly uploads: Map<string, Multipart>;
}

interface FakeObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly meta: Record<string, string>;
}

interface Multipart {
  readonly name: string;
  readonly meta: Record<string, string>;
  readonly parts: Map<number, Buffer>;
}

/** S3 as far as results need it: conditional puts, ranges, multipart, copy, checked bodies. */
export const fakeS3 = async ({ owner = '111122223333' } = {}): Promise<FakeS3> => {
  const objects = new Map<string, FakeObject>();
  const uploads = new Map<string, Multipart>();

  const store = (name: string, body: Buffer, meta = {}, etag = `"${md5(body)}"`): FakeReply => {
    objects.set(name, { body, etag, meta });
    return { status: 200, headers: { etag } };
  };

  const operations: Record<string, (name: string, request: FakeRequest) => FakeReply> = {
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

    DeleteObject: (name) => ({ status: objects.delete(name) ? 204 : 204 }),

    CopyObject: (name, { headers }) => {
      const source = decodeURIComponent(`${headers['x-amz-copy-source']}`).replace(/^\//, '');
      const object = objects.get(source);
      if (!object) return MISSING;
      store(name, object.body, object.meta, object.etag);
      return xml('CopyObjectResult', { ETag: object.etag });
    },

    CreateMultipartUpload: (name, request) => {
      const UploadId = randomUUID();
      uploads.set(UploadId, { name, meta: metaOf(request), parts: new Map() });
      return xml('InitiateMultipartUploadResult', { UploadId });
    },

    UploadPart: (_, { query, body }) => {
      const upload = uploads.get(query.get('uploadId') ?? '');
      upload?.parts.set(Number(query.get('partNumber')), body);
      return upload ? { status: 200, headers: { etag: `"${md5(body)}"` } } : NO_UPLOAD;
    },

    CompleteMultipartUpload: (name, request) => {
      const id = request.query.get('uploadId') ?? '';
      const upload = uploads.get(id);
      if (!upload) return NO_UPLOAD;
      const refused = unmet(request, objects.get(name));
      if (refused) return refused;
      const numbers = [...`${request.body}`.matchAll(/<PartNumber>(\d+)</g)].map(Number1);
      const parts = numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0));
      if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 ** 2)) {
        return failure(400, 'EntityTooSmall', 'A part but the last is smaller than 5 MiB.');
      }
      uploads.delete(id);
      const etag = `"${md5(Buffer.concat(parts.map(md5Bytes)))}-${parts.length}"`;
      store(name, Buffer.concat(parts), upload.meta, etag);
      return xml('CompleteMultipartUploadResult', { ETag: etag });
    },

    AbortMultipartUpload: (_, { query }) =>
      uploads.delete(query.get('uploadId') ?? '') ? { status: 204 } : NO_UPLOAD,
  };

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
  const put = (name: string, body: Uint8Array | string) => void store(name, Buffer.from(body));
  return { ...fake, objects, put, uploads };
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

/** The refusal when a condition on what stands there does not hold. */
function unmet({ headers }: FakeRequest, standing?: FakeObject): FakeReply | undefined {
  const failed = failure(412, 'PreconditionFailed', 'A condition you specified did not hold.');
  if (headers['if-none-match'] === '*' && standing) return failed;
  if (headers['if-match'] === undefined) return undefined;
  if (!standing) return MISSING;
  return headers['if-match'] === standing.etag ? undefined : failed;
}

function ranged({ body, etag, meta }: FakeObject, range: string | undefined): FakeReply {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (start === undefined) return { status: 200, headers: { ...meta, etag }, body };
  if (Number(start) >= body.length) return failure(416, 'InvalidRange', 'Beyond the object.');
  const part = body.subarray(Number(start), end ? Number(end) + 1 : undefined);
  return { status: 206, headers: { ...meta, etag }, body: part };
}

/** Takes the aws-chunked framing off a streamed body. */
function unchunked({ headers, body }: FakeRequest): Buffer {
  if (!`${headers['x-amz-content-sha256']}`.startsWith('STREAMING-')) return body;
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

function isIntact({ headers, body: raw }: FakeRequest, body: Buffer): boolean {
  const trailer = headers['x-amz-trailer'] === 'x-amz-checksum-crc32';
  const sent = trailer
    ? /x-amz-checksum-crc32:(\S+)/.exec(raw.toString('latin1', raw.lastIndexOf('\r\n0\r\n')))?.[1]
    : headers['x-amz-checksum-crc32'];
  const actual = Buffer.alloc(4);
  actual.writeUInt32BE(crc32(body));
  return sent === undefined ? !trailer : sent === actual.toString('base64');
}

function metaOf({ headers }: FakeRequest): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(entries.map(([name, value]) => [name, `${value}`]));
}

function xml(root: string, fields: Record<string, string>): FakeReply {
  const inner = Object.entries(fields).map(([tag, value]) => `<${tag}>${value}</${tag}>`);
  return { status: 200, body: `<?xml version="1.0"?><${root}>${inner.join('')}</${root}>` };
}

function failure(status: number, Code: string, Message: string): FakeReply {
  return { ...xml('Error', { Code, Message }), status };
}

const MISSING = failure(404, 'NoSuchKey', 'The specified key does not exist.');
const NO_UPLOAD = failure(404, 'NoSuchUpload', 'The specified upload does not exist.');
const REFUSALS = {
  throttle: failure(503, 'SlowDown', 'Please reduce your request rate.'),
  '500': failure(500, 'InternalError', 'We encountered an internal error.'),
  deny: failure(403, 'AccessDenied', 'Access Denied'),
};

const Number1 = (match: RegExpMatchArray) => Number(match[1]);
const md5Bytes = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const md5 = (bytes: Buffer) => md5Bytes(bytes).toString('hex');
