import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore, Upload } from '../ports/object-store.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type OtherFiles, otherFiles } from './other-files.ts';
import { type ParquetFile, parquetFile, type WrittenFile } from './parquet-file.ts';
import { claimDay, dayPointer, moveLatest, type Pointer } from './pointer.ts';
import { type Run, runFolder } from './run-key.ts';
import type { Table } from './table.ts';

type TableSet = Readonly<Record<string, Table>>;

export interface OpenTable<T extends Table> extends ParquetFile<T> {
  /** Finishes the file, once, for what is to be read back from it before the others are finished. */
  end(): Promise<WrittenFile>;
}

export type OpenTables<Tables extends TableSet> = {
  readonly [Name in keyof Tables]: OpenTable<Tables[Name]>;
};

/**
 * Writes the immutable files of a run: opens one for each table, lets `fill` add the rows, and
 * finishes them all, or gives all of them up when it throws. A file is named by its content, so that
 * an attempt over other data cannot change what another attempt has committed. What is no table,
 * `fill` opens and finishes among `others`; readers are shown it after the tables, in that order.
 */
export const writeTables = async <Tables extends TableSet>(
  store: ObjectStore,
  run: Run,
  tables: Tables,
  fill: (open: OpenTables<Tables>, others: OtherFiles) => Promise<void>,
): Promise<Manifest['files']> => {
  const opened = await Promise.all(
    Object.entries(tables).map(async ([key, table]) => {
      const upload = await store.upload();
      return { key, table, upload, file: openTable(run, table, upload) };
    }),
  );
  const others = otherFiles(store, run);
  try {
    await fill(
      Object.fromEntries(opened.map(({ key, file }) => [key, file])) as OpenTables<Tables>,
      others,
    );
    const files: Manifest['files'] = [];
    for (const { table, file } of opened) {
      files.push({ table: table.name, ...(await file.end()) });
    }
    return [...files, ...others.finished()];
  } catch (error) {
    await Promise.allSettled([...opened.map(({ upload }) => upload.abandon()), others.abandon()]);
    throw error;
  }
};

function openTable<T extends Table>(run: Run, table: T, upload: Upload): OpenTable<T> {
  const file = parquetFile(table, upload);
  const pathOf = (sha256: string) =>
    `${runFolder(run)}/${table.name}-${sha256.slice(0, 12)}.parquet`;
  let ended: Promise<WrittenFile> | undefined;
  return {
    ...file,
    end() {
      ended ??= file.finish(pathOf);
      return ended;
    },
  };
}

export const partitionPath = (table: string, asOf: string): string =>
  `tables/${table}/as_of=${asOf}/part-0.parquet`;

/** Where readers find a file of a run: the partition of a table, or where it says itself. */
export const publishedPath = (
  { table, published_as }: Pick<Manifest['files'][number], 'table' | 'published_as'>,
  asOf: string,
): string => published_as ?? partitionPath(table, asOf);

/** What readers see after a run has been published. */
export interface Publication {
  /** False when a later revision of the day stands and this run leaves it alone. */
  readonly published: boolean;
  /** False when a later day or revision is the latest. */
  readonly latest: boolean;
}

/**
 * Shows a committed run to readers: claims the day, copies each file to its place, moves the latest
 * pointer. Safe to repeat. Whoever finds after copying that the day has been claimed by another run
 * copies that one's files, so that runs which overlap never leave a mixture behind.
 */
export const publishRun = async (store: ObjectStore, run: Run): Promise<Publication> => {
  if (!(await claimDay(store, run))) return { published: false, latest: false };
  let shown: Pointer | null = null;
  let claimed = await dayPointer(store, run);
  while (claimed !== null && claimed.run_key !== shown?.run_key) {
    await copyPartitions(store, claimed);
    shown = claimed;
    claimed = await dayPointer(store, run);
  }
  if (shown?.run_key !== run.key) return { published: false, latest: false };
  return { published: true, latest: await moveLatest(store, run) };
};

async function copyPartitions(
  store: ObjectStore,
  { as_of, manifest: path }: Pointer,
): Promise<void> {
  const manifest = await readManifest(store, path);
  for (const written of manifest?.files ?? []) {
    const { path: file, bytes } = written;
    const standing = await store.open(file);
    if (standing?.byteLength !== bytes)
      throw damaged(store.locate(file), bytes, standing?.byteLength);
    await store.copy(file, publishedPath(written, as_of));
  }
}

/** A good partition is worth more than a fresh one: what is not as committed is not shown. */
function damaged(where: string, committed: number, standing: number | undefined): HoldfastError {
  const found = standing === undefined ? 'nothing' : `${standing} bytes`;
  const expected = `the ${committed} bytes that were committed`;
  const fix = 'Restore the object, or compute the day anew with another revision.';
  return new HoldfastError('results', [{ where, found, expected, fix }]);
}
