import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { ObjectStore, RangeReader, Upload } from '../../../shared/ports/object-store.ts';
import { tellingFailures } from './folder-failure.ts';
import { makeFolder } from './make-folder.ts';

/** Where files stand until they are whole; what a killed run leaves there may be deleted. */
const INCOMPLETE = '.incomplete';

/** Results in a folder of this machine, with the promises of S3: whole objects, conditional puts. */
export const folderObjectStore = (root: string): ObjectStore => {
  const base = resolve(root);

  const pathOf = (key: string): string => {
    const path = resolve(base, key);
    if (!path.startsWith(base + sep)) throw new RangeError(`"${key}" is not a key of this store`);
    return path;
  };
  const claimOf = (key: string, version: string) => pathOf(`${INCOMPLETE}/${key}.after-${version}`);

  /** Writes bytes beside the store's objects, whole, before they get their name. */
  const stage = async (bytes: Uint8Array): Promise<string> => {
    const path = await stagingPath();
    await fs.writeFile(path, bytes);
    return path;
  };
  const stagingPath = async (): Promise<string> => {
    const path = resolve(base, INCOMPLETE, randomUUID());
    await makeFolder(dirname(path));
    return path;
  };
  const settle = async (from: string, key: string): Promise<void> => {
    await makeFolder(dirname(pathOf(key)));
    await fs.rename(from, pathOf(key));
  };

  /**
   * A replacement is first linked under the version it replaces, which only one writer can do, and
   * then renamed into place. A writer killed in between has won: the next reader finishes for it.
   */
  const current = async (key: string) => {
    for (;;) {
      const bytes = await readIfThere(pathOf(key));
      if (bytes === undefined) return undefined;
      const version = versionOf(bytes);
      if (!(await moveIfThere(claimOf(key, version), pathOf(key)))) return { bytes, version };
    }
  };

  return tellingFailures(base, {
    locate: (key) => pathOf(key),
    read: current,
    open: async (key) => rangeReader(pathOf(key)),

    async create(key, bytes) {
      const whole = await stage(bytes);
      await makeFolder(dirname(pathOf(key)));
      const created = await linkIfFree(whole, pathOf(key));
      await fs.rm(whole, { force: true });
      if (created) return true;
      const stored = await current(key);
      return stored !== undefined && versionOf(bytes) === stored.version;
    },

    async replace(key, bytes, version) {
      const stored = await current(key);
      if (stored?.version !== version) return false;
      const whole = await stage(bytes);
      const claim = claimOf(key, version);
      await makeFolder(dirname(claim));
      const won = await linkIfFree(whole, claim);
      await fs.rm(whole, { force: true });
      if (!won) return false;
      // The object may have moved on between the look and the claim; then the claim is void.
      const now = await readIfThere(pathOf(key));
      if (now !== undefined && versionOf(now) === version) {
        await moveIfThere(claim, pathOf(key));
        return true;
      }
      const taken = now !== undefined && versionOf(now) === versionOf(bytes);
      await fs.rm(claim, { force: true });
      return taken;
    },

    async upload(): Promise<Upload> {
      const path = await stagingPath();
      const file = await fs.open(path, 'w');
      return tellingFailures(base, {
        write: async (bytes: Uint8Array) => void (await file.writeFile(bytes)),
        finish: async (key: string) => {
          pathOf(key);
          await file.close();
          await settle(path, key);
        },
        abandon: async () => {
          await file.close();
          await fs.rm(path, { force: true });
        },
      });
    },

    async copy(from, to) {
      const path = await stagingPath();
      await fs.copyFile(pathOf(from), path, constants.COPYFILE_FICLONE);
      await settle(path, to);
    },
  });
};

async function rangeReader(path: string): Promise<RangeReader | undefined> {
  const size = await fs.stat(path).then(
    (stats) => stats.size,
    ifMissing(() => undefined),
  );
  if (size === undefined) return undefined;
  return {
    byteLength: size,
    async slice(start, end = size) {
      const file = await fs.open(path);
      try {
        const bytes = new Uint8Array(Math.max(0, end - start));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        return bytes.buffer.slice(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

const versionOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

const readIfThere = (path: string): Promise<Uint8Array | undefined> =>
  fs.readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    ifMissing(() => undefined),
  );

const moveIfThere = (from: string, to: string): Promise<boolean> =>
  fs.rename(from, to).then(
    () => true,
    ifMissing(() => false),
  );

const linkIfFree = (from: string, to: string): Promise<boolean> =>
  fs.link(from, to).then(
    () => true,
    (error) => {
      if (error?.code === 'EEXIST') return false;
      throw error;
    },
  );

function ifMissing<Value>(value: () => Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error?.code === 'ENOENT') return value();
    throw error;
  };
}
