import { type ParquetQueryFilter, parquetQuery } from 'hyparquet';
import { dayFromEpoch } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ColumnKind, RowOf, Table } from './table.ts';

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
  }).catch((cause: unknown) => {
    const found = `a file that cannot be read (${cause instanceof Error ? cause.message : cause})`;
    const expected = `the table ${table.name} as this version of Holdfast writes it`;
    const fix = 'Run the job again: it copies the file anew.';
    throw new HoldfastError('results', [{ where: store.locate(path), found, expected, fix }], {
      cause,
    });
  });
  return rows.map((row) => {
    const cells = Object.entries(table.columns).map(([name, { kind }]) => {
      return [name, decoded(row[name], kind)];
    });
    return Object.fromEntries(cells) as RowOf<T>;
  });
};

function decoded(value: unknown, kind: ColumnKind): unknown {
  if (value === null || value === undefined) return null;
  // The reader scales decimals in binary: -46 tenths would come back as -4.6000000000000005.
  if (kind === 'tenths') return Math.round(Number(value) * 10) / 10;
  return typeof value === 'bigint' ? Number(value) : value;
}
