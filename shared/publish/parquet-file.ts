import { dayToEpoch, toDay } from '../basics/day.ts';
import { sha256Stream } from '../basics/digest.ts';
import type { Chunk } from '../parquet/chunk-builder.ts';
import type { ColumnWriter } from '../parquet/column-writer.ts';
import { endGroup, type FlatElement, flatColumns, flatWriter } from '../parquet/flat-writer.ts';
import type { Upload } from '../ports/object-store.ts';
import type { ColumnKind, RowOf, Table } from './table.ts';

export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

/** What rows are added to. */
export interface TableRows<T extends Table> {
  add(row: RowOf<T>): void;
  /**
   * For tables so long that an object for each row costs more than the rest: one value to each
   * column for every row.
   */
  readonly columns: { readonly [Name in keyof RowOf<T>]: Column<RowOf<T>[Name]> };
}

/** Rows that are ready to be written: of each column its chunks, one for every row group. */
export type RowGroups = readonly (readonly Chunk[])[];

export interface ParquetFile<T extends Table> extends TableRows<T> {
  /** Rows that were made ready elsewhere; they begin a row group of their own. */
  append(groups: RowGroups): void;
  /** Writes out full row groups; call it now and then, or memory grows with the table. */
  flush(): Promise<void>;
  /** Ends the file under the path that its digest gives it. */
  finish(pathOf: (sha256: string) => string): Promise<WrittenFile>;
}

interface Column<Value> {
  push(value: Value): void;
}

/** Rows of a part of a table, for a file that another writes. The same rows give the same groups. */
export const rowGroupsOf = <T extends Table>(table: T) => {
  const columns = flatColumns(elementsOf(table));
  return {
    ...tableRows(table, columns),
    /** Ends a row group, and gives those of the rows that were added since it was asked last. */
    take(): RowGroups {
      endGroup(columns);
      return columns.map(({ chunks }) => chunks.splice(0));
    },
  };
};

/**
 * Writes a table as one Parquet file, row group by row group, into an upload. Columns, not rows,
 * are what is buffered. The same rows give the same bytes: no clock and no version in the file.
 */
export const parquetFile = <T extends Table>(table: T, upload: Upload): ParquetFile<T> => {
  const digest = sha256Stream();
  const writer = flatWriter(elementsOf(table), 'holdfast');
  let bytes = 0;

  const send = async (chunk: Uint8Array) => {
    if (chunk.byteLength === 0) return;
    digest.add(chunk);
    bytes += chunk.byteLength;
    await upload.write(chunk);
  };

  return {
    ...tableRows(table, writer.columns),
    append(groups) {
      for (const [at, chunks] of groups.entries()) {
        for (const chunk of chunks) writer.columns[at]?.append(chunk);
      }
    },
    flush: () => send(writer.take()),
    async finish(pathOf) {
      const rows = writer.columns[0]?.rows ?? 0;
      await send(writer.finish());
      const sha256 = digest.hex();
      const path = pathOf(sha256);
      await upload.finish(path);
      return { path, sha256, bytes, rows };
    },
  };
};

function tableRows<T extends Table>(
  { columns: kinds }: T,
  writers: readonly ColumnWriter[],
): TableRows<T> {
  const names = Object.keys(kinds);
  const columns = Object.values(kinds).map(({ kind }, at) =>
    columnOf(kind, writers[at] as ColumnWriter),
  );
  return {
    columns: Object.fromEntries(names.map((name, at) => [name, columns[at]])) as never,
    add(row) {
      for (let at = 0; at < names.length; at += 1) {
        columns[at]?.push(row[names[at] as keyof RowOf<T>]);
      }
    },
  };
}

/** Takes values as rows have them. */
function columnOf(kind: ColumnKind, writer: ColumnWriter): Column<unknown> {
  if (kind === 'text') return writer as Column<unknown>;
  const numberOf = toNumber[kind];
  return {
    push: (value) => writer.push(value === null ? Number.NaN : numberOf(value as never)),
  };
}

const same = (value: number) => value;

const toNumber: Readonly<Record<Exclude<ColumnKind, 'text'>, (value: never) => number>> = {
  count: same,
  cents: same,
  number: same,
  tenths: (value: number) => Math.round(value * 10),
  flag: Number,
  day: epochOf,
};

const epochs = new Map<string, number>();

/** Few days recur in many rows, and to read one costs more than to look it up. */
function epochOf(day: string): number {
  const found = epochs.get(day);
  if (found !== undefined) return found;
  if (epochs.size > 50_000) epochs.clear();
  const epoch = dayToEpoch(toDay(day));
  epochs.set(day, epoch);
  return epoch;
}

const PHYSICAL: Readonly<Record<ColumnKind, Omit<FlatElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT64' },
  cents: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  tenths: { type: 'INT32', converted_type: 'DECIMAL', precision: 5, scale: 1 },
  flag: { type: 'BOOLEAN' },
  day: { type: 'INT32', converted_type: 'DATE' },
};

const elementsOf = ({ columns }: Table): FlatElement[] =>
  Object.entries(columns).map(([name, { kind, optional }]) => ({
    name,
    repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
    ...PHYSICAL[kind],
  }));
