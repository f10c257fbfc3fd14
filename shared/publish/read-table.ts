import { type ParquetQueryFilter, parquetQuery } from 'hyparquet';
import { HoldfastError } from '../basics/problem.ts';
import { cellsOf } from '../parquet/cells.ts';
import { flatGroups, type Passing } from '../parquet/flat-reader.ts';
import { type FlatValues, parsers } from '../parquet/page-values.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Batch, Cell } from '../ports/warehouse.ts';
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
    parsers,
  }).catch((cause: unknown) => {
    const fix = 'Run the job again: it copies the file anew.';
    throw unreadable(store.locate(path), table, fix, cause);
  });
  return rows.map((row) => {
    const cells = Object.entries(table.columns).map(([name, { kind }]) => {
      return [name, decoded(row[name], kind)];
    });
    return Object.fromEntries(cells) as RowOf<T>;
  });
};

interface BatchOptions<T extends Table> {
  readonly path: string;
  readonly columns: readonly (keyof T['columns'] & string)[];
  /** Row groups that need not be read. */
  readonly passing?: Passing;
}

/** Cells with gaps take several times the room of their column, so few of them are made at once. */
const ROWS_PER_BATCH = 8_192;

/** Columns of a published file of any length, in its order, with one row group in memory. */
export async function* tableBatches<T extends Table>(
  store: ObjectStore,
  table: T,
  { path, columns, passing }: BatchOptions<T>,
): AsyncGenerator<Batch> {
  try {
    const file = await store.open(path);
    if (file === undefined) throw new Error('nothing stands there');
    for await (const group of flatGroups(file, { columns, ...(passing && { passing }) })) {
      for (let from = 0; from < group.rowCount; from += ROWS_PER_BATCH) {
        const to = Math.min(group.rowCount, from + ROWS_PER_BATCH);
        const cells = columns.map((name) => [name, cellsBetween(group.columns[name], from, to)]);
        yield { rowCount: to - from, columns: Object.fromEntries(cells) };
      }
    }
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const fix = 'Restore the file, or compute its day anew with another revision.';
    throw unreadable(store.locate(path), table, fix, error);
  }
}

const cellsBetween = (values: FlatValues = [], from: number, to: number): ArrayLike<Cell> =>
  cellsOf(values instanceof Float64Array ? values.subarray(from, to) : values.slice(from, to));

function unreadable(where: string, { name }: Table, fix: string, cause: unknown): HoldfastError {
  const found = `a file that cannot be read (${cause instanceof Error ? cause.message : cause})`;
  const expected = `the table ${name} as this version of Holdfast writes it`;
  return new HoldfastError('results', [{ where, found, expected, fix }], { cause });
}

function decoded(value: unknown, kind: ColumnKind): unknown {
  if (value === null || value === undefined) return null;
  // The reader scales decimals in binary: -46 tenths would come back as -4.6000000000000005.
  if (kind === 'tenths') return Math.round(Number(value) * 10) / 10;
  return typeof value === 'bigint' ? Number(value) : value;
}
