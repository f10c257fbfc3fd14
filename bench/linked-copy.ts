import { link, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../functions/adapters/local/make-folder.ts';

/**
 * A copy of a results folder that takes no time and no room: the store never writes into a file that
 * stands, so files may be shared. What readers query is left out, for a run looks back at runs.
 */
export const linkedCopy = async (from: string, to: string): Promise<void> => {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const folder = entry.parentPath.slice(from.length + 1);
    if (!/^(runs|latest)(\/|$)/.test(folder)) continue;
    await makeFolder(join(to, folder));
    await link(join(from, folder, entry.name), join(to, folder, entry.name));
  }
};
