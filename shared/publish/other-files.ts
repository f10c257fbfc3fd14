import { assert } from '../basics/problem.ts';
import type { ObjectStore, Upload } from '../ports/object-store.ts';
import type { Manifest } from './manifest.ts';
import type { WrittenFile } from './parquet-file.ts';
import { type Run, runFolder } from './run-key.ts';
import { type TextFile, textFile } from './text-file.ts';

type FileEntry = Manifest['files'][number];

/** A file of a run that is no table, and the key under which readers find it. */
export interface OtherFile extends Pick<TextFile, 'add' | 'flush'> {
  finish(): Promise<FileEntry>;
}

/** Opens further files of a run beside its tables. */
export interface OtherFiles {
  /** The last part of the key names the file. */
  open(publishedAs: string): Promise<OtherFile>;
}

interface OpenOtherFiles extends OtherFiles {
  /** What the manifest says of them, in the order in which they were finished. */
  finished(): FileEntry[];
  abandon(): Promise<void>;
}

/** Keeps account of a run's further files, so that they are all committed, or none. */
export const otherFiles = (store: ObjectStore, run: Run): OpenOtherFiles => {
  const waiting = new Map<string, Upload>();
  const entries: FileEntry[] = [];

  return {
    async open(key) {
      const known = waiting.has(key) || entries.some(({ published_as }) => published_as === key);
      assert(!known, `"${key}" is one file of the run`);
      const upload = await store.upload();
      waiting.set(key, upload);
      const file = textFile(upload);
      return {
        add: file.add,
        flush: file.flush,
        async finish() {
          const written = await file.finish((sha256) => pathOf(run, key, sha256));
          waiting.delete(key);
          const entry = entryOf(key, written);
          entries.push(entry);
          return entry;
        },
      };
    },
    finished() {
      assert(waiting.size === 0, `every file is finished; ${[...waiting.keys()].join(', ')}`);
      return entries;
    },
    async abandon() {
      await Promise.allSettled([...waiting.values()].map((upload) => upload.abandon()));
    },
  };
};

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

const entryOf = (key: string, written: WrittenFile): FileEntry => ({
  table: nameOf(key),
  ...written,
  published_as: key,
});

/** Named by its content, as tables are: `renewals-0123456789ab.ics`. */
function pathOf(run: Run, key: string, sha256: string): string {
  const name = nameOf(key);
  const dot = name.lastIndexOf('.');
  assert(dot > 0, `"${key}" names a file with its kind`);
  const digest = sha256.slice(0, 12);
  return `${runFolder(run)}/${name.slice(0, dot)}-${digest}${name.slice(dot)}`;
}
