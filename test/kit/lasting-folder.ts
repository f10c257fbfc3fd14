import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that all tests of a file share; asked for in its beforeAll. */
export const temporaryFolderUntilTheEnd = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Writes a file into a folder and gives its path. */
export const written = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
