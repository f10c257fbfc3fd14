import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom. Data walks down this list; nothing looks back up. The words after a folder
 * are the folders and packages it may import beyond itself.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'shared/basics': ['zod', 'node:crypto'],
  'shared/ports': ['shared/basics', 'zod'],
  'shared/sources': ['shared/basics', 'shared/ports', 'zod', 'fastest-levenshtein'],
  'shared/config': ['shared/basics', 'shared/sources', 'zod', 'yaml', 'fastest-levenshtein'],
  'shared/features': ['shared/basics', 'shared/ports', 'shared/config', 'shared/sources'],
  'shared/health': ['shared/basics', 'shared/config', 'shared/sources', 'shared/features'],
  'shared/risk': [
    'shared/basics',
    'shared/config',
    'shared/sources',
    'shared/features',
    'shared/health',
  ],
  'shared/revenue': [
    'shared/basics',
    'shared/config',
    'shared/ports',
    'shared/features',
    'shared/health',
  ],
  'shared/renewals': [
    'shared/basics',
    'shared/config',
    'shared/sources',
    'shared/features',
    'shared/health',
    'shared/revenue',
  ],
  'shared/parquet': ['shared/basics', 'hyparquet', 'hyparquet-writer'],
  'shared/publish': ['shared/basics', 'shared/ports', 'shared/parquet', 'zod', 'hyparquet'],
  'shared/events': ['shared/basics', 'shared/ports', 'shared/publish', 'zod'],
  'shared/finance': ['shared/basics', 'shared/ports', 'shared/publish', 'zod'],
  'shared/reports': ['shared/basics', 'shared/config', 'shared/publish', 'd3-scale', 'd3-shape'],
  'shared/outbox': ['shared/basics', 'shared/ports', 'shared/publish', 'zod'],
  'shared/jobs': ['shared/*', 'zod'],
  functions: ['shared/*', 'packages', 'node:'],
  infra: [
    'shared/basics',
    'shared/config',
    'shared/publish',
    'shared/events',
    'shared/jobs/catalogue.ts',
    'aws-cdk-lib',
    'constructs',
    'cdk-nag',
    'esbuild',
    'node:',
  ],
};

const root = resolve(import.meta.dirname, '..');
const rooms = Object.keys(mayImport);

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).split(sep).join('/'));

const files = ['shared', 'functions', 'infra'].flatMap(filesUnder);

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What a file imports: a path from the root for our own files, the bare name for the rest. */
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/(?:^|\s|\})(?:from\s+|import\()'([^']+)'|^import '([^']+)'/gm)]
    .map((match) => match[1] ?? match[2] ?? '')
    .map((target) =>
      target.startsWith('.')
        ? relative(root, resolve(root, dirname(file), target))
            .split(sep)
            .join('/')
        : target,
    );

const roomOf = (path: string): string | undefined =>
  rooms.find((room) => path === room || path.startsWith(`${room}/`));

const isOurs = (target: string): boolean => /^(shared|functions|infra|test|bench)\//.test(target);

function allowed(file: string, target: string): boolean {
  const room = roomOf(file) ?? '';
  const rules = mayImport[room] ?? [];
  if (isOurs(target) && roomOf(target) === room) return true;
  return rules.some((rule) => {
    if (rule === 'shared/*') return target.startsWith('shared/');
    if (rule === 'packages') return !isOurs(target) && !target.startsWith('node:');
    if (rule === 'node:') return target.startsWith('node:');
    return target === rule || target.startsWith(`${rule}/`);
  });
}

describe('the house', () => {
  test('every file of shared/, functions/ and infra/ stands in a room', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test.each(rooms)('%s imports only what it may', (room) => {
    const strays = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !allowed(file, target))
          .map((target) => `${file} imports ${target}`),
      );
    expect(strays).toEqual([]);
  });

  test('the import table is read: it would notice a look back up', () => {
    expect(allowed('shared/health/score.ts', 'shared/jobs/job.ts')).toBe(false);
    expect(allowed('shared/basics/day.ts', 'shared/config/schema.ts')).toBe(false);
    expect(allowed('functions/score-accounts.ts', 'test/kit/fake-s3.ts')).toBe(false);
    expect(importsOf('shared/health/score.ts')).toContain('shared/health/band.ts');
  });

  test('rules never import rules', () => {
    const folders = ['shared/health/measures/', 'shared/health/gates/', 'shared/risk/flags/'];
    const rules = files.filter(
      (file) => folders.some((folder) => file.startsWith(folder)) && !file.endsWith('/index.ts'),
    );
    const strays = rules.filter((file) => importsOf(file).some((target) => rules.includes(target)));
    expect(strays).toEqual([]);
    expect(rules.length).toBeGreaterThan(8);
  });

  test('jobs never import jobs', () => {
    const jobs = files.filter((file) =>
      /: Job = \{/.test(file.startsWith('shared/jobs/') ? textOf(file) : ''),
    );
    const strays = jobs.filter((file) => importsOf(file).some((target) => jobs.includes(target)));
    expect(jobs).toContain('shared/jobs/score-accounts.ts');
    expect(strays).toEqual([]);
  });

  test('shared/ has no clock, no chance, no environment', () => {
    const forbidden = /process\.env|Math\.random|Date\.now|new Date\(\)|performance\.now|@aws-sdk/;
    expect(
      files.filter((file) => file.startsWith('shared/') && forbidden.test(textOf(file))),
    ).toEqual([]);
  });
});
