import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { dayToEpoch, toDay } from '../basics/day.ts';
import { sha256Stream } from '../basics/digest.ts';
import type { Upload } from '../ports/object-store.ts';
import type { ColumnKind, RowOf, Table, TableColumn } from './table.ts';

/** Rows that stand in memory before they are written as one row group. */
const ROWS_PER_GROUP = 20_000;

export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

export interface ParquetFile<T extends Table> {
  add(row: RowOf<T>): void;
  /** Writes out full row groups; call it now and then, or memory grows with the table. */
  flush(): Promise<void>;
  /** Ends the file under the path that its digest gives it. */
  finish(pathOf: (sha256: string) => string): Promise<WrittenFile>;
}

/**
 * Writes a table as one Parquet file, row group by row group, into an upload. Columns, not rows,
 * are what is buffered. The same rows give the same bytes: no clock and no version in the file.
 */
export const parquetFile = <T extends Table>(table: T, upload: Upload): ParquetFile<T> => {
  const columns = Object.entries(table.columns);
  const digest = sha256Stream();
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaOf(table), createdBy: 'holdfast' });
  let buffers = columns.map((): unknown[] => []);
  let rows = 0;
  let bytes = 0;

  const send = async () => {
    const chunk = writer.getBytes().slice();
    writer.index = 0;
    digest.add(chunk);
    bytes += chunk.byteLength;
    await upload.write(chunk);
  };
  const writeGroup = async () => {
    if (buffers[0]?.length === 0) return;
    const columnData = columns.map(([name], index) => ({ name, data: buffers[index] ?? [] }));
    await parquet.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
    buffers = columns.map(() => []);
    await send();
  };

  return {
    add(row) {
      for (const [index, [name, { kind }]] of columns.entries()) {
        const value = row[name as keyof RowOf<T>];
        buffers[index]?.push(value === null ? null : encoded(value, kind));
      }
      rows += 1;
    },
    async flush() {
      if ((buffers[0]?.length ?? 0) >= ROWS_PER_GROUP) await writeGroup();
    },
    async finish(pathOf) {
      await writeGroup();
      await parquet.finish();
      await send();
      const sha256 = digest.hex();
      const path = pathOf(sha256);
      await upload.finish(path);
      return { path, sha256, bytes, rows };
    },
  };
};

function encoded(value: unknown, kind: ColumnKind): unknown {
  if (kind === 'day') return dayToEpoch(toDay(String(value)));
  return kind === 'count' || kind === 'cents' ? BigInt(value as number) : value;
}

const PHYSICAL: Readonly<Record<ColumnKind, Partial<SchemaElement>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT64' },
  cents: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  tenths: { type: 'INT32', converted_type: 'DECIMAL', precision: 5, scale: 1 },
  flag: { type: 'BOOLEAN' },
  day: { type: 'INT32', converted_type: 'DATE' },
};

function schemaOf({ columns }: Table): SchemaElement[] {
  const fields = Object.entries(columns);
  return [
    { name: 'root', num_children: fields.length },
    ...fields.map(
      ([name, { kind, optional }]: [string, TableColumn]): SchemaElement => ({
        name,
        repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
        ...PHYSICAL[kind],
      }),
    ),
  ];
}
