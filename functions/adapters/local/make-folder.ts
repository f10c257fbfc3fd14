import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, also while others make them too. Node's own recursive mkdir
 * never returns where the system refuses a name in a folder that is there, as /proc does.
 */
export const makeFolder = async (path: string): Promise<void> => {
  if (await isMade(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  // Now that the folder above is there for certain, a refusal is one.
  await mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  });
};

/** True when the folder stands; false when it, or the one above it, has yet to be made. */
const isMade = (path: string): Promise<boolean> =>
  mkdir(path).then(
    () => true,
    async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      if (error.code === 'EEXIST' && (await stat(path)).isDirectory()) return true;
      throw error;
    },
  );
