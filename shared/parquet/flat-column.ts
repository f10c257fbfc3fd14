import type { Compressors, Encoding, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import type { ColumnDecoder, ColumnMetaData, PageHeader } from 'hyparquet/src/types.js';
import { type FlatValues, pageValues, parsers } from './page-values.ts';

export interface Chunk {
  readonly bytes: Uint8Array;
  readonly node: SchemaTree;
  readonly meta: ColumnMetaData;
}

/**
 * The column of a row group in one array. Hyparquet reads the pages; what it does with them to make
 * rows in the end is left out, and a value of the dictionary is decoded once however often it recurs.
 */
export const flatColumn = (
  { bytes, node, meta }: Chunk,
  rows: number,
  compressors: Compressors,
): FlatValues => {
  const decoder = decoderOf(node, meta, compressors);
  const isOptional = node.element.repetition_type === 'OPTIONAL';
  const reader = { view: viewOf(bytes), offset: 0 };
  let dictionary: FlatValues = [];
  let column: FlatValues | undefined;
  for (let row = 0; row < rows; ) {
    const header = parquetHeader(reader);
    if (header.dictionary_page_header) {
      const { data = [] } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = pageValues(data, decoder);
      continue;
    }
    const body = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const page = pageOf(header, body, isOptional, decoder);
    if (page.present > 0) {
      const head = { num_values: page.present, encoding: page.encoding } as never;
      const { dataPage } = readDataPage(page.values, head, decoder);
      const codes = page.encoding.endsWith('_DICTIONARY') ? (dataPage as number[]) : null;
      const values = codes === null ? pageValues(dataPage, decoder) : dictionary;
      column ??=
        values instanceof Float64Array
          ? new Float64Array(rows).fill(Number.NaN)
          : new Array(rows).fill(null);
      place(column, row, page, values, codes);
    }
    row += page.rows;
  }
  return column ?? new Array(rows).fill(null);
};

/** Of a column that has no levels: those are taken off before hyparquet sees the page. */
function decoderOf(
  node: SchemaTree,
  meta: ColumnMetaData,
  compressors: Compressors,
): ColumnDecoder {
  const { path: pathInSchema, children } = node;
  if (children.length > 0 || node.element.repetition_type === 'REPEATED') {
    throw new TypeError(`column ${node.element.name} is not flat`);
  }
  const element = { ...node.element, repetition_type: 'REQUIRED' as const };
  const root = { children: [node], count: 1, element: { name: 'root' }, path: [] };
  const schemaPath = [root, { ...node, element }];
  return { ...meta, pathInSchema, element, schemaPath, parsers, compressors };
}

interface Page {
  readonly rows: number;
  readonly encoding: Encoding;
  /** 1 for each row that has a value, or null when all have one; and how many do. */
  readonly levels: Uint8Array | null;
  readonly present: number;
  readonly values: Uint8Array;
}

function pageOf(
  header: PageHeader,
  body: Uint8Array,
  isOptional: boolean,
  { codec, compressors }: ColumnDecoder,
): Page {
  const { data_page_header: first, data_page_header_v2: second } = header;
  if (first !== undefined) {
    const page = decompressPage(body, header.uncompressed_page_size, codec, compressors);
    const start = isOptional ? 4 : 0;
    const end = start + (isOptional ? viewOf(page).getUint32(0, true) : 0);
    return split(first, page.subarray(start, end), page.subarray(end));
  }
  // An index, which holds no rows.
  if (second === undefined) return split({ num_values: 0, encoding: 'PLAIN' }, NOTHING, NOTHING);
  const end = second.definition_levels_byte_length;
  const size = header.uncompressed_page_size - end;
  const isPacked = second.is_compressed !== false;
  const rest = body.subarray(end);
  const values = isPacked ? decompressPage(rest, size, codec, compressors) : rest;
  return split(second, body.subarray(0, end), values);
}

const NOTHING = new Uint8Array();

function split(
  { num_values: rows, encoding }: { num_values: number; encoding: Encoding },
  levelBytes: Uint8Array,
  values: Uint8Array,
): Page {
  if (levelBytes.length === 0) return { rows, encoding, levels: null, present: rows, values };
  const levels = new Uint8Array(rows);
  readRleBitPackedHybrid({ view: viewOf(levelBytes), offset: 0 }, 1, levels, levelBytes.length);
  if (!levels.includes(0)) return { rows, encoding, levels: null, present: rows, values };
  let present = 0;
  for (let row = 0; row < rows; row += 1) present += levels[row] as number;
  return { rows, encoding, levels, present, values };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

type Others = (string | number | boolean | null)[];

function place(
  column: FlatValues,
  from: number,
  page: Page,
  values: FlatValues,
  codes: ArrayLike<number> | null,
): void {
  if (column instanceof Float64Array) {
    placeNumbers(column, from, page, values as Float64Array, codes);
  } else placeOthers(column, from, page, values as Others, codes);
}

// Written twice, because the engine is much faster with a loop over one kind of array.
function placeNumbers(
  column: Float64Array,
  from: number,
  { rows, levels }: Page,
  values: Float64Array,
  codes: ArrayLike<number> | null,
): void {
  if (levels === null && codes === null) {
    column.set(values, from);
    return;
  }
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    if (levels !== null && levels[row] === 0) continue;
    column[from + row] = values[codes === null ? next : (codes[next] as number)] as number;
    next += 1;
  }
}

function placeOthers(
  column: Others,
  from: number,
  { rows, levels }: Page,
  values: Others,
  codes: ArrayLike<number> | null,
): void {
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    if (levels !== null && levels[row] === 0) continue;
    column[from + row] = values[codes === null ? next : (codes[next] as number)] ?? null;
    next += 1;
  }
}
