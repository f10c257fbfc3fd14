import type { SchemaElement } from 'hyparquet';
import type { ColumnChunk, MinMaxType, PageType } from 'hyparquet/src/types.js';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { assert } from '../basics/problem.ts';
import type { Chunk, Page } from './chunk-builder.ts';
import { type ColumnWriter, columnWriter, ROWS_PER_PAGE } from './column-writer.ts';
import type { FlatType, PlainValue } from './plain-bytes.ts';

/** About so many cells are a row group, however many columns share them. */
const CELLS_PER_GROUP = 2 ** 20;

/** A column of one level; with a precision, what is pushed is scaled already. */
export type FlatElement = SchemaElement & { readonly type: FlatType };

export interface FlatWriter {
  /** One for each element: of texts for a BYTE_ARRAY, else of numbers. */
  readonly columns: readonly ColumnWriter[];
  /** The bytes of the row groups that are full; ask now and then, or they stay in memory. */
  take(): Uint8Array;
  /** The bytes that are left, with the footer. */
  finish(): Uint8Array;
}

/** The columns of a file, apart from it: their row groups can be put into a file that is elsewhere. */
export const flatColumns = (elements: readonly FlatElement[]): readonly ColumnWriter[] => {
  const pages = Math.max(1, Math.round(CELLS_PER_GROUP / elements.length / ROWS_PER_PAGE));
  return elements.map(({ name, type, repetition_type: repetition }) =>
    columnWriter({ name, type, optional: repetition === 'OPTIONAL', pagesPerChunk: pages }),
  );
};

/** Ends the row group that is open in columns of the same length. */
export const endGroup = (columns: readonly ColumnWriter[]): void => {
  const isEven = columns.every(({ rows }) => rows === columns[0]?.rows);
  assert(isEven, 'every column of a table was given as many values');
  for (const column of columns) column.endChunk();
};

/**
 * Writes a file of flat columns. Whatever the order of the pushes and the moments at which bytes are
 * taken, a row group has the same rows, and the file the same bytes.
 */
export const flatWriter = (elements: readonly FlatElement[], createdBy: string): FlatWriter => {
  const columns = flatColumns(elements);
  const root = { name: 'root', num_children: elements.length };
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: [root, ...elements], createdBy });

  const writeGroup = () => {
    const start = writer.offset;
    const written = columns.map(({ chunks }, at) =>
      writeChunk(writer, elements[at] as FlatElement, chunks.shift() as Chunk),
    );
    const rows = written[0]?.meta_data.num_values ?? 0n;
    parquet.num_rows += rows;
    parquet.row_groups.push({
      columns: written,
      total_byte_size: written.reduce(
        (sum, { meta_data: meta }) => sum + meta.total_uncompressed_size,
        0n,
      ),
      num_rows: rows,
      total_compressed_size: BigInt(writer.offset - start),
    });
  };
  const take = () => {
    while (columns.every(({ chunks }) => chunks.length > 0)) writeGroup();
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };

  return {
    columns,
    take,
    finish() {
      endGroup(columns);
      const groups = take();
      void parquet.finish();
      return Buffer.concat([groups, take()]);
    },
  };
};

function writeChunk(writer: ByteWriter, element: FlatElement, chunk: Chunk) {
  const start = writer.offset;
  let size = 0;
  const write = (page: Page, type: PageType): bigint => {
    const at = writer.offset;
    writeHeader(writer, page, type);
    size += writer.offset - at + page.size;
    writer.appendBytes(page.compressed);
    return BigInt(at);
  };
  const dictionary = chunk.dictionary && write(chunk.dictionary, 'DICTIONARY_PAGE');
  const [first = 0n] = chunk.pages.map((page) => write(page, 'DATA_PAGE'));
  const encodings = new Set(chunk.pages.map(({ encoding }) => encoding));
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: element.type,
      encodings: [...encodings.add('PLAIN').add('RLE')],
      path_in_schema: [element.name],
      codec: 'SNAPPY',
      num_values: BigInt(chunk.rows),
      total_compressed_size: BigInt(writer.offset - start),
      total_uncompressed_size: BigInt(size),
      data_page_offset: first,
      ...(dictionary === null ? {} : { dictionary_page_offset: dictionary }),
      statistics: {
        min_value: bound(element, chunk.min, -0),
        max_value: bound(element, chunk.max, 0),
        null_count: BigInt(chunk.nulls),
      },
    },
  } satisfies ColumnChunk;
}

function writeHeader(writer: ByteWriter, page: Page, type: PageType): void {
  const head = { num_values: page.values, encoding: page.encoding };
  const levels = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' } as const;
  writePageHeader(writer, {
    type,
    uncompressed_page_size: page.size,
    compressed_page_size: page.compressed.length,
    ...(type === 'DATA_PAGE'
      ? { data_page_header: { ...head, ...levels } }
      : { dictionary_page_header: head }),
  });
}

/** As hyparquet-writer takes it: a BigInt is scaled, or a long. The range has both signs of zero. */
function bound(
  { type, converted_type: converted }: FlatElement,
  value: PlainValue | undefined,
  zero: number,
): MinMaxType | undefined {
  if (typeof value !== 'number') return value;
  if (type === 'BOOLEAN') return value === 1;
  if (type === 'INT64' || converted === 'DECIMAL') return BigInt(value);
  return value === 0 ? zero : value;
}
