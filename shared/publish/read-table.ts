import { type ParquetQueryFilter, parquetQuery } from 'hyparquet';
import { dayFromEpoch } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RowOf, Table } from './table.ts';

interface ReadOptions {
  readonly path: string;
  /** As hyparquet has it, such as { account_id: { $eq: 'A-1' } }; skips row groups it rules out. */
  readonly filter?: ParquetQueryFilter;
}

/** Rows of a published file, whole in memory: filter, or read small tables. Null without a file. */
export const readTable = async <T extends Table>(
  store: ObjectStore,
  table: T,
  { path, filter }: ReadOptions,
): Promise<RowOf<T>[] | null> => {
  const file = await store.open(path);
  if (file === undefined) return null;
  const rows = await parquetQuery({
    file,
    columns: Object.keys(table.columns),
    ...(filter === undefined ? {} : { filter }),
    parsers: { dateFromDays: dayFromEpoch },
  });
  return rows.map((row) => {
    const cells = Object.entries(row).map(([name, value]) => {
      return [name, typeof value === 'bigint' ? Number(value) : (value ?? null)];
    });
    return Object.fromEntries(cells) as RowOf<T>;
  });
};
