import { CopyObjectCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { s3ObjectStore } from '../../../../functions/adapters/aws/s3-object-store.ts';
import type { ObjectStore, Upload } from '../../../../shared/ports/object-store.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { type FakeS3, fakeS3 } from '../../../kit/fake-s3.ts';

const PART = 8 * 1024 * 1024;
const big = new Uint8Array(PART + 1024 * 1024).fill(7);

let s3: FakeS3;
let store: ObjectStore;

beforeEach(async () => {
  s3 = await fakeS3();
  const client = new S3Client({ ...s3.client, maxAttempts: 1 });
  const means = { client, clock: fakeClock(), random: () => 0.5 };
  store = s3ObjectStore({ ...means, bucket: 'lake', prefix: 'p' });
});

afterEach(() => s3.close());

test('uploads below a part are one put, straight to the key', async () => {
  await (await uploadOf(big.subarray(0, PART - 1))).finish('table');
  expect(s3.calls).toEqual(['PutObject']);
});

test('uploads from a part on are put together in scratch, below the prefix, and copied', async () => {
  const uploads = [await uploadOf(big.subarray(0, PART)), await uploadOf(big)];
  for (const [index, upload] of uploads.entries()) await upload.finish(`table-${index}`);
  const staged = [...s3.objects.keys()].filter((name) => !name.includes('table'));
  const ownPlace = expect.stringMatching(/^lake\/p\/scratch\/uploads\/[-0-9a-f]{36}$/);
  expect(staged).toEqual([ownPlace, ownPlace]);
  expect(s3.objects.get('lake/p/table-0')?.body.length).toBe(PART);
  expect(s3.objects.get('lake/p/table-1')?.body.length).toBe(big.length);
  expect(s3.calls.slice(-2)).toEqual(['CompleteMultipartUpload', 'CopyObject']);
});

test.each(['UploadPart', 'CompleteMultipartUpload', 'CreateMultipartUpload', 'CopyObject'])(
  'uploads survive the loss of the reply to %s',
  async (operation) => {
    s3.faults.next(operation, 'lose-reply');
    await (await uploadOf(big)).finish('table');
    expect(s3.objects.get('lake/p/table')?.body.equals(big)).toBe(true);
  },
);

test('uploads that another aborted are not taken for done', async () => {
  s3.put('lake/p/table', 'before');
  const upload = await uploadOf(big.subarray(0, PART));
  s3.uploads.clear();
  await expect(upload.finish('table')).rejects.toThrow(/CompleteMultipartUpload/);
  expect(s3.objects.get('lake/p/table')?.body.toString()).toBe('before');
});

test('uploads that may not be copied leave what stood there, and say what to allow', async () => {
  s3.put('lake/p/table', 'before');
  const upload = await uploadOf(big);
  s3.faults.next('CopyObject', 'deny');
  await expect(upload.finish('table')).rejects.toMatchObject({
    kind: 'results',
    problems: [
      {
        where: 's3://lake/p/table',
        found: 'AccessDenied (Access Denied)',
        fix: expect.stringMatching(/s3:GetObject and s3:PutObject on arn:aws:s3:::lake\/p\/\*/),
      },
    ],
  });
  expect(s3.objects.get('lake/p/table')?.body.toString()).toBe('before');
  await upload.abandon();
  expect(s3.uploads.size).toBe(0);
});

test.each(['CompleteMultipartUpload', 'CopyObject'])(
  'uploads can be finished again, with each byte once, when %s never answered',
  async (operation) => {
    const upload = await uploadOf(big);
    s3.faults.next(operation, 'drop', 6);
    await expect(upload.finish('table')).rejects.toThrow(operation);
    await upload.finish('table');
    expect(s3.objects.get('lake/p/table')?.body.equals(big)).toBe(true);
  },
);

test('uploads that cannot be finished can be abandoned', async () => {
  const upload = await uploadOf(big);
  s3.faults.next('CompleteMultipartUpload', 'drop', 6);
  await expect(upload.finish('table')).rejects.toThrow('CompleteMultipartUpload');
  await upload.abandon();
  expect(s3.uploads.size).toBe(0);
  expect(s3.objects.size).toBe(0);
});

test('uploads that are abandoned leave no parts behind', async () => {
  const upload = await uploadOf(big);
  expect(s3.uploads.size).toBe(1);
  await upload.abandon();
  expect(s3.uploads.size).toBe(0);
  expect(s3.objects.size).toBe(0);
});

test('uploads in parts refuse a key outside before anything appears', async () => {
  const upload = await uploadOf(big);
  await expect(upload.finish('../out')).rejects.toThrow('not a plain relative key');
  expect(s3.calls).toEqual(['CreateMultipartUpload', 'UploadPart']);
});

test('uploads are copied only between buckets of the expected owner', async () => {
  const client = new S3Client(s3.client);
  const asked = mockClient(client);
  asked.onAnyCommand().resolves({});
  asked.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' });
  const owner = '111122223333';
  const owned = { client, bucket: 'lake', prefix: '', expectedBucketOwner: owner };
  const upload = await s3ObjectStore(owned).upload();
  await upload.write(big);
  await upload.finish('table');
  expect(asked.commandCalls(CopyObjectCommand)[0]?.args[0].input).toEqual({
    Bucket: 'lake',
    Key: 'table',
    CopySource: expect.stringMatching(/^lake\/scratch\/uploads\//),
    ExpectedBucketOwner: owner,
    ExpectedSourceBucketOwner: owner,
  });
});

async function uploadOf(content: Uint8Array): Promise<Upload> {
  const upload = await store.upload();
  await upload.write(content);
  return upload;
}
