import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../functions/adapters/local/make-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Made {
  /** Where it is kept, and its name there. */
  readonly within: string;
  readonly name: string;
  /** The folders of code that decide what it is: when they change, it is made anew. */
  readonly by: readonly string[];
}

/** A folder that is filled once and kept; what other code had made of it is removed. */
export const madeOnce = async (
  { within, name, by }: Made,
  make: (folder: string) => Promise<void>,
): Promise<string> => {
  const current = `${name}-${await digestOfCode(by)}`;
  const folder = join(within, current);
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  await makeFolder(within);
  const outdated = new RegExp(`^${name}-[0-9a-f]{8}(\\.unfinished)?$`);
  for (const entry of await readdir(within)) {
    if (outdated.test(entry)) await rm(join(within, entry), { recursive: true, force: true });
  }
  const unfinished = `${folder}.unfinished`;
  await makeFolder(unfinished);
  await make(unfinished);
  await rename(unfinished, folder);
  return folder;
};

async function digestOfCode(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((name) => name.endsWith('.ts')).sort()) {
      hash.update(name).update(await readFile(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 8);
}
