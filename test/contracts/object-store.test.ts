import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { s3ObjectStore } from '../../functions/adapters/aws/s3-object-store.ts';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeS3 } from '../kit/fake-s3.ts';
import { memoryObjectStore } from '../kit/memory-object-store.ts';
import { objectStoreContract } from './object-store.contract.ts';

objectStoreContract('memory', async () => {
  const store = memoryObjectStore();
  return { store, keys: async () => [...store.objects.keys()] };
});

objectStoreContract('S3 below a prefix', async () => {
  const s3 = await fakeS3();
  const client = new S3Client(s3.client);
  const means = { client, expectedBucketOwner: '111122223333', clock: fakeClock() };
  return {
    store: s3ObjectStore({ ...means, bucket: 'lake', prefix: 'holdfast/prod/' }),
    keys: async () => [...s3.objects.keys()],
    close: async () => {
      client.destroy();
      await s3.close();
    },
  };
});

objectStoreContract('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
  return {
    store: folderObjectStore(root),
    keys: async () => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const paths = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)));
      return paths.filter((path) => !path.startsWith('.incomplete'));
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
});
