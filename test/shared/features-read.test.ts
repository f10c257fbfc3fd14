import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { camelCase, features } from '../../shared/features/account-row.ts';

const shared = join(import.meta.dirname, '../../shared');

const readers = ['health', 'risk', 'renewals', 'jobs'].flatMap((folder) =>
  readdirSync(join(shared, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(shared, folder, path), 'utf8')),
);
const words = new Set(readers.flatMap((text) => text.match(/\w+/g) ?? []));

test('every feature has a reader: what nobody reads costs every company its scan', () => {
  const unread = features.map(({ name }) => name).filter((name) => !words.has(camelCase(name)));
  expect(unread).toEqual([]);
});
