import { crc32 } from 'node:zlib';
import type { FakeReply, FakeRequest } from './http-fake.ts';

export interface FakeObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly meta: Record<string, string>;
}

/** Takes the aws-chunked framing off a streamed body. */
export function unchunked({ headers, body }: FakeRequest): Buffer {
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

/** Says whether the body is what the checksum in its header or its trailer promises. */
export function isIntact({ headers, body: raw }: FakeRequest, body: Buffer): boolean {
  const trailer = headers['x-amz-trailer'] === 'x-amz-checksum-crc32';
  const sent = trailer
    ? /x-amz-checksum-crc32:(\S+)/.exec(raw.toString('latin1', raw.lastIndexOf('\r\n0\r\n')))?.[1]
    : headers['x-amz-checksum-crc32'];
  const actual = Buffer.alloc(4);
  actual.writeUInt32BE(crc32(body));
  return sent === undefined ? !trailer : sent === actual.toString('base64');
}

/** The metadata a caller gives an object. */
export function metaOf({ headers }: FakeRequest): Record<string, string> {
  const isMeta = (name: string) => name === 'content-type' || name.startsWith('x-amz-meta-');
  const entries = Object.entries(headers).filter(([name]) => isMeta(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, `${value}`]));
}

/** A reply in the only form S3 has. */
export function xml(root: string, fields: Record<string, string>): FakeReply {
  const inner = Object.entries(fields).map(([tag, value]) => `<${tag}>${value}</${tag}>`);
  return { status: 200, body: `<?xml version="1.0"?><${root}>${inner.join('')}</${root}>` };
}

/** A refusal as the SDK expects it. */
export function failure(status: number, Code: string, Message: string): FakeReply {
  return { ...xml('Error', { Code, Message }), status };
}

/** The object, or the range of it that was asked for. */
export function ranged({ body, etag, meta }: FakeObject, range: string | undefined): FakeReply {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (start === undefined) return { status: 200, headers: { ...meta, etag }, body };
  if (Number(start) >= body.length) return failure(416, 'InvalidRange', 'Beyond the object.');
  const part = body.subarray(Number(start), end ? Number(end) + 1 : undefined);
  return { status: 206, headers: { ...meta, etag }, body: part };
}
