import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { s3ObjectStore } from '../../../../functions/adapters/aws/s3-object-store.ts';
import type { ObjectStore } from '../../../../shared/ports/object-store.ts';
import { type FakeClock, fakeClock } from '../../../kit/fake-clock.ts';
import { type FakeS3, fakeS3 } from '../../../kit/fake-s3.ts';

let s3: FakeS3;
let clock: FakeClock;
let store: ObjectStore;

beforeEach(async () => {
  s3 = await fakeS3();
  clock = fakeClock();
  store = storeWith({ maxAttempts: 1 });
});

afterEach(() => s3.close());

const storeWith = (
  settings: { maxAttempts?: number },
  options: { prefix?: string; expectedBucketOwner?: string } = {},
): ObjectStore => {
  const client = new S3Client({ ...s3.client, ...settings });
  return s3ObjectStore({
    client,
    bucket: 'lake',
    prefix: 'p',
    clock,
    random: () => 0.5,
    ...options,
  });
};

const bytes = (text: string) => new TextEncoder().encode(text);

describe('conditional puts', () => {
  test.each([1, 3])(
    'a claim whose reply was lost is ours, with %d SDK attempts',
    async (attempts) => {
      s3.faults.next('PutObject', 'lose-reply');
      expect(await storeWith({ maxAttempts: attempts }).create('claim', bytes('mine'))).toBe(true);
      expect(s3.calls).toEqual(['PutObject', 'PutObject', 'GetObject']);
    },
  );

  test('a pointer whose move lost its reply has moved', async () => {
    await store.create('pointer', bytes('one'));
    const { version = '' } = (await store.read('pointer')) ?? {};
    s3.faults.next('PutObject', 'lose-reply');
    expect(await store.replace('pointer', bytes('two'), version)).toBe(true);
  });

  test('a race is run again', async () => {
    s3.faults.next('PutObject', 'conflict', 2);
    expect(await store.create('claim', bytes('mine'))).toBe(true);
    expect(clock.sleeps).toEqual([400, 800]);
  });

  test('a race without end is told as such', async () => {
    s3.faults.next('PutObject', 'conflict', 100);
    await expect(store.create('claim', bytes('mine'))).rejects.toThrow(
      'ConditionalRequestConflict',
    );
    expect(s3.calls).toHaveLength(6);
  });

  test('an object that goes away between the put and the look is put again', async () => {
    s3.put('lake/p/claim', 'theirs');
    const creating = store.create('claim', bytes('mine'));
    await until(() => s3.calls.includes('PutObject'));
    s3.objects.delete('lake/p/claim');
    expect(await creating).toBe(true);
  });
});

describe('patience', () => {
  test.each([
    ['throttle', 'PutObject'],
    ['500', 'PutObject'],
    ['drop', 'PutObject'],
  ] as const)('%s is waited out', async (fault, operation) => {
    s3.faults.next(operation, fault, 3);
    expect(await store.create('claim', bytes('mine'))).toBe(true);
    expect(clock.sleeps).toEqual([400, 800, 1600]);
  });

  test('a body cut half way is read again', async () => {
    await store.create('text', bytes('0123456789'));
    s3.faults.next('GetObject', 'cut-body');
    expect(Buffer.from((await store.read('text'))?.bytes ?? []).toString()).toBe('0123456789');
  });
});

describe('what it refuses', () => {
  test('a denied read names the address and the permissions to look at', async () => {
    s3.faults.next('GetObject', 'deny');
    await expect(store.read('a.json')).rejects.toMatchObject({
      name: 'HoldfastError',
      kind: 'results',
      problems: [
        {
          where: 's3://lake/p/a.json',
          found: 'AccessDenied (Access Denied)',
          fix: expect.stringMatching(/s3:GetObject.*s3:ListBucket.*arn:aws:s3:::lake\/p\/\*/),
        },
      ],
      cause: { name: 'AccessDenied' },
    });
  });

  test('a denied look, which has no body to name the error, is told as well', async () => {
    s3.faults.next('HeadObject', 'deny');
    await expect(store.open('a.json')).rejects.toThrow(/s3:GetObject/);
  });

  test("a bucket of somebody else's", async () => {
    const misled = storeWith({}, { expectedBucketOwner: '999988887777' });
    await expect(misled.create('a', bytes('x'))).rejects.toThrow(/AccessDenied.*s3:PutObject/);
  });

  test('a bucket that is not there', async () => {
    const client = new S3Client(s3.client);
    const $metadata = { httpStatusCode: 404 };
    const absent = new S3ServiceException({ name: 'NoSuchBucket', $fault: 'client', $metadata });
    mockClient(client).on(PutObjectCommand).rejects(absent);
    const lost = s3ObjectStore({ client, bucket: 'lake', prefix: '', clock });
    await expect(lost.create('a', bytes('x'))).rejects.toThrow(/NoSuchBucket.*Deploy the bucket/);
  });

  test('to mix two versions of an object', async () => {
    await store.create('table', bytes('old old old'));
    const reader = await store.open('table');
    s3.put('lake/p/table', 'new new new');
    await expect(reader?.slice(0, 3)).rejects.toThrow('replaced while being read');
  });
});

describe('where things stand', () => {
  test.each([
    ['', 's3://lake/a/b.json', 'lake/a/b.json'],
    ['x/y/', 's3://lake/x/y/a/b.json', 'lake/x/y/a/b.json'],
  ])('below the prefix "%s"', async (prefix, address, name) => {
    const placed = storeWith({}, { prefix });
    await placed.create('a/b.json', bytes('x'));
    expect(placed.locate('a/b.json')).toBe(address);
    expect([...s3.objects.keys()]).toEqual([name]);
  });

  test('the fake reads the framing and the checksum of a streamed body', async () => {
    const client = new S3Client(s3.client);
    const Body = Readable.from([Buffer.from('stre'), Buffer.from('amed')]);
    await client.send(new PutObjectCommand({ Bucket: 'lake', Key: 'k', Body, ContentLength: 8 }));
    expect(s3.objects.get('lake/k')?.body.toString()).toBe('streamed');
  });

  test('the fake is found by the environment alone, as a bundled function finds it', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake');
    const found = s3ObjectStore({ client: new S3Client({}), bucket: 'lake', prefix: '' });
    await found.create('by-environment', bytes('x'));
    vi.unstubAllEnvs();
    expect([...s3.objects.keys()]).toEqual(['lake/by-environment']);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < 10_000 && !isSo(); turns++) await new Promise(setImmediate);
}

describe('a page', () => {
  test('is called one wherever it is copied to, so that browsers show it', async () => {
    const upload = await store.upload();
    await upload.write(bytes('<p>'));
    await upload.finish('runs/index-0123.html');
    await store.copy('runs/index-0123.html', 'reports/index.html');
    await store.copy('runs/index-0123.html', 'reports/index.bin');
    const typeOf = (key: string) => s3.objects.get(`lake/p/${key}`)?.meta['content-type'];
    expect(typeOf('reports/index.html')).toBe('text/html; charset=utf-8');
    expect(typeOf('reports/index.bin')).toBe(typeOf('runs/index-0123.html'));
    expect(typeOf('reports/index.bin')).not.toContain('html');
  });
});
