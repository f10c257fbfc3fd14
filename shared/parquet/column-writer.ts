import { assert } from '../basics/problem.ts';
import { type Chunk, chunkBuilder } from './chunk-builder.ts';
import type { FlatType, PlainValue } from './plain-bytes.ts';

export const ROWS_PER_PAGE = 16_384;

export interface ColumnWriter {
  /** The value of the next row: null, or NaN among numbers, where there is none. */
  push(value: PlainValue | null): void;
  readonly rows: number;
  /** Whole ones that were not taken yet. */
  readonly chunks: Chunk[];
  /** Makes a chunk of what there is since the last one. */
  endChunk(): void;
  /** Takes a chunk that was made elsewhere, as the next rows. */
  append(chunk: Chunk): void;
}

interface ColumnPlan {
  readonly name: string;
  readonly type: FlatType;
  readonly optional: boolean;
  readonly pagesPerChunk: number;
}

/** Takes a column value by value, and keeps it as compressed pages. */
export const columnWriter = (plan: ColumnPlan): ColumnWriter => {
  const pages = pageKeeper(plan);
  return plan.type === 'BYTE_ARRAY' ? textColumn(pages) : numberColumn(pages);
};

interface PageKeeper {
  readonly chunks: Chunk[];
  /** Ends a page of so many rows, whose values are there without their gaps. */
  endPage(values: ArrayLike<PlainValue>, rows: number): void;
  endChunk(): void;
}

/** One for all columns: it is filled and read in one go. */
const levels = new Uint8Array(ROWS_PER_PAGE);

function pageKeeper({ name, type, optional, pagesPerChunk }: ColumnPlan): PageKeeper {
  const chunks: Chunk[] = [];
  let chunk = chunkBuilder(type, optional);
  const endChunk = () => {
    if (chunk.pages.length > 0) chunks.push(chunk.finish());
    chunk = chunkBuilder(type, optional);
  };

  return {
    chunks,
    endPage(values, rows) {
      assert(optional || values.length === rows, `column ${name} has a value in every row`);
      chunk.add(values, levels.subarray(0, rows));
      if (chunk.pages.length === pagesPerChunk) endChunk();
    },
    endChunk,
  };
}

// Written twice, because the engine is many times faster where it sees one kind of array.
function textColumn({ chunks, endPage, endChunk }: PageKeeper): ColumnWriter {
  // Grows as it is filled: most tables are small, and there are many of them.
  const values: (string | null)[] = [];
  let rows = 0;
  let inPage = 0;

  const turnPage = () => {
    let present = 0;
    for (let row = 0; row < inPage; row += 1) {
      const text = values[row] as string | null;
      levels[row] = text === null ? 0 : 1;
      if (text === null) continue;
      values[present] = text;
      present += 1;
    }
    // Most pages are full and without gaps: no need to copy those.
    endPage((present === values.length ? values : values.slice(0, present)) as string[], inPage);
    inPage = 0;
  };
  const endAll = () => {
    if (inPage > 0) turnPage();
    endChunk();
  };

  return {
    push(value) {
      values[inPage] = value as string | null;
      inPage += 1;
      rows += 1;
      if (inPage === ROWS_PER_PAGE) turnPage();
    },
    get rows() {
      return rows;
    },
    chunks,
    endChunk: endAll,
    append(chunk) {
      endAll();
      chunks.push(chunk);
      rows += chunk.rows;
    },
  };
}

const NOTHING = new Float64Array();

function numberColumn({ chunks, endPage, endChunk }: PageKeeper): ColumnWriter {
  // Made for the first row: many columns never have one, or take only chunks.
  let values = NOTHING;
  let rows = 0;
  let inPage = 0;

  const turnPage = () => {
    let present = 0;
    for (let row = 0; row < inPage; row += 1) {
      const number = values[row] as number;
      const isThere = !Number.isNaN(number);
      levels[row] = isThere ? 1 : 0;
      if (!isThere) continue;
      values[present] = number;
      present += 1;
    }
    endPage(values.subarray(0, present), inPage);
    inPage = 0;
  };
  const endAll = () => {
    if (inPage > 0) turnPage();
    endChunk();
  };

  return {
    push(value) {
      if (values === NOTHING) values = new Float64Array(ROWS_PER_PAGE);
      values[inPage] = value as number;
      inPage += 1;
      rows += 1;
      if (inPage === ROWS_PER_PAGE) turnPage();
    },
    get rows() {
      return rows;
    },
    chunks,
    endChunk: endAll,
    append(chunk) {
      endAll();
      chunks.push(chunk);
      rows += chunk.rows;
    },
  };
}
