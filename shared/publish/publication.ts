import type { ObjectStore } from '../ports/object-store.ts';
import type { Manifest } from './manifest.ts';
import { type ParquetFile, parquetFile } from './parquet-file.ts';
import { movePointer } from './pointer.ts';
import { type Run, runFolder } from './run-key.ts';
import type { Table } from './table.ts';

type TableSet = Readonly<Record<string, Table>>;

export type OpenTables<Tables extends TableSet> = {
  readonly [Name in keyof Tables]: ParquetFile<Tables[Name]>;
};

/**
 * Writes the immutable files of a run: opens one for each table, lets `fill` add the rows, and
 * finishes them all, or gives all of them up when it throws. Returns what the manifest says of them.
 */
export const writeTables = async <Tables extends TableSet>(
  store: ObjectStore,
  run: Run,
  tables: Tables,
  fill: (open: OpenTables<Tables>) => Promise<void>,
): Promise<Manifest['files']> => {
  const opened = await Promise.all(
    Object.entries(tables).map(async ([key, table]) => {
      const path = `${runFolder(run)}/${table.name}.parquet`;
      const upload = await store.upload(path);
      return { key, table, path, upload, file: parquetFile(table, upload) };
    }),
  );
  try {
    await fill(
      Object.fromEntries(opened.map(({ key, file }) => [key, file])) as OpenTables<Tables>,
    );
    const files: Manifest['files'] = [];
    for (const { table, path, file } of opened) {
      files.push({ table: table.name, path, ...(await file.finish()) });
    }
    return files;
  } catch (error) {
    await Promise.allSettled(opened.map(({ upload }) => upload.abandon()));
    throw error;
  }
};

export const partitionPath = (table: string, asOf: string): string =>
  `tables/${table}/as_of=${asOf}/part-0.parquet`;

/**
 * Shows a committed run to readers: each table's partition, then the pointer. Safe to repeat, and
 * what a rerun that finds the manifest does; each partition is one object, so it changes at once.
 */
export const publishRun = async (
  store: ObjectStore,
  run: Run,
  manifest: Manifest,
): Promise<boolean> => {
  for (const { table, path } of manifest.files) {
    await store.copy(path, partitionPath(table, run.asOf));
  }
  return movePointer(store, run);
};
