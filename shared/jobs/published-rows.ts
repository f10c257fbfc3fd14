import type { ObjectStore } from '../ports/object-store.ts';
import { readTable } from '../publish/read-table.ts';
import type { RowOf, Table } from '../publish/table.ts';
import type { PastDay } from './past-days.ts';

/** Where a run has put a table; undefined where that run or its table is not there. */
export const publishedPath = (day: PastDay | null, { name }: Table): string | undefined =>
  day?.manifest.files.find(({ table }) => table === name)?.path;

/** A small table as an earlier run published it, or null where that run or its table is not there. */
export const publishedRows = async <T extends Table>(
  store: ObjectStore,
  day: PastDay | null,
  table: T,
  filter?: Parameters<typeof readTable>[2]['filter'],
): Promise<RowOf<T>[] | null> => {
  const path = publishedPath(day, table);
  return path === undefined ? null : readTable(store, table, { path, ...(filter && { filter }) });
};
