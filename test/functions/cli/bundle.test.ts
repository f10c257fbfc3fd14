import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../kit/company-folder.ts';

const root = join(import.meta.dirname, '../../..');
const ENTRY = 'functions/cli/tell.ts';
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

/** A repository of its own, in which nothing but the maker of bundles is ours. */
const repository = () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'node_modules/.cache/holdfast');
  /** The time of a file tells nothing of its bytes. */
  const write = (name: string, text: string, at = AN_HOUR_AGO) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), at, at);
  };
  write('package.json', '{ "type": "module" }');
  write(ENTRY, `import { word } from './word.ts';\nconsole.log(word as string);\n`);
  write('functions/cli/word.ts', `export const word = 'one';\n`);
  write('functions/cli/crew-hand.ts', 'export {};\n');
  mkdirSync(cache, { recursive: true });
  symlinkSync(join(root, 'node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  const maker = join(folder, 'functions/cli/bundle.mjs');
  cpSync(join(root, 'functions/cli/bundle.mjs'), maker);
  utimesSync(maker, AN_HOUR_AGO, AN_HOUR_AGO);
  const start = `const { bundled } = await import('${pathToFileURL(maker)}');
    console.log(await bundled('${ENTRY}'));`;

  return {
    write,
    note: join(cache, 'functions_cli_tell.ts.json'),
    /** What a start of the command imports. */
    started: (): string => printed('--input-type=module', '--eval', start),
    /** From here on, whoever makes a bundle fails. */
    takeBuilderAway: () => rmSync(join(folder, 'node_modules/esbuild')),
    bundles: () => readdirSync(cache).filter((name) => !name.includes('.json')),
  };
};

const printed = (...words: string[]): string =>
  execFileSync(process.execPath, words, { encoding: 'utf8' }).trim();

describe('the bundle of a command', () => {
  test('is made once, with the program of the threads beside it', () => {
    const { started, note, takeBuilderAway, bundles } = repository();
    const path = started();
    expect(printed(path)).toBe('one');
    expect(existsSync(join(dirname(path), 'crew-hand.mjs'))).toBe(true);
    const noted = readFileSync(note, 'utf8');
    takeBuilderAway();
    expect(started()).toBe(path);
    expect(readFileSync(note, 'utf8')).toBe(noted);
    expect(bundles()).toHaveLength(1);
  });

  test.each([
    ['garbage', () => '\0 not a note'],
    ['half of it', (noted: string) => noted.slice(0, noted.length / 2)],
    ['of another shape', () => '{}'],
    [
      'of a bundle that is gone',
      (noted: string) => JSON.stringify({ ...JSON.parse(noted), name: 'gone' }),
    ],
    [
      'of a source that is gone',
      (noted: string) => JSON.stringify({ ...JSON.parse(noted), inputs: ['gone.ts'] }),
    ],
  ])('is made again where the note of it is broken: %s', (_, broken) => {
    const { started, note } = repository();
    const path = started();
    const noted = readFileSync(note, 'utf8');
    writeFileSync(note, broken(noted));
    expect(started()).toBe(path);
    expect(printed(path)).toBe('one');
    expect(readFileSync(note, 'utf8')).toBe(noted);
  });

  test('is another wherever a source has changed, and the first again once it is as it was', () => {
    const { started, write } = repository();
    const one = started();
    write('functions/cli/word.ts', `export const word = 'two';\n`);
    const two = started();
    expect(dirname(two)).not.toBe(dirname(one));
    expect(printed(two)).toBe('two');
    // A command that began before the change goes on.
    expect(printed(one)).toBe('one');
    write('functions/cli/word.ts', `export const word = 'one';\n`);
    expect(started()).toBe(one);
  });

  test('is not noted where a source was written while it was made', () => {
    const { started, write, note } = repository();
    write('functions/cli/word.ts', `export const word = 'late';\n`, new Date(Date.now() + 60_000));
    expect(printed(started())).toBe('late');
    expect(existsSync(note)).toBe(false);
  });
});
