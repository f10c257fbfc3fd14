import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../../functions/adapters/local/make-folder.ts';
import { temporaryFolder } from '../../../kit/company-folder.ts';

test('many make the same folders at once, and all succeed', async () => {
  for (let round = 0; round < 100; round += 1) {
    const root = temporaryFolder();
    const leaves = ['a/b/c', 'a/b/d', 'a/b', 'a/b/c', 'a/e/f', 'a/b/c/g'];
    await Promise.all(leaves.map((leaf) => makeFolder(join(root, leaf))));
    expect(leaves.every((leaf) => existsSync(join(root, leaf)))).toBe(true);
  }
});

test.each([
  ['a file in the way', (root: string) => join(root, 'file')],
  ['a file further up', (root: string) => join(root, 'file/below')],
  ['a place the system keeps to itself', () => '/proc/holdfast/results'],
])('%s is refused at once', async (_, place) => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolder(place(root))).rejects.toThrow();
});
