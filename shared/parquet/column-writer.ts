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
}

interface ColumnPlan {
  readonly name: string;
  readonly type: FlatType;
  readonly optional: boolean;
  readonly pagesPerChunk: number;
}

/** Takes a column value by value, and keeps it as compressed pages. */
export const columnWriter = (plan: ColumnPlan): ColumnWriter => {
  const { type, optional } = plan;
  const isText = type === 'BYTE_ARRAY';
  const pushed = isText ? new Array<string | null>(ROWS_PER_PAGE) : new Float64Array(ROWS_PER_PAGE);
  const levels = new Uint8Array(ROWS_PER_PAGE);
  const chunks: Chunk[] = [];
  let chunk = chunkBuilder(type, optional);
  let rows = 0;
  let rowsInPage = 0;

  const endPage = () => {
    let present = 0;
    for (let row = 0; row < rowsInPage; row += 1) {
      const value = pushed[row] as PlainValue | null;
      const isThere = value !== null && !Number.isNaN(value);
      levels[row] = isThere ? 1 : 0;
      if (!isThere) continue;
      pushed[present] = value;
      present += 1;
    }
    assert(optional || present === rowsInPage, `column ${plan.name} has a value in every row`);
    const values = isText
      ? pushed.slice(0, present)
      : (pushed as Float64Array).subarray(0, present);
    chunk.add(values as ArrayLike<PlainValue>, levels.subarray(0, rowsInPage));
    rowsInPage = 0;
  };
  const endChunk = () => {
    if (rowsInPage > 0) endPage();
    if (chunk.pages.length > 0) chunks.push(chunk.finish());
    chunk = chunkBuilder(type, optional);
  };

  return {
    push(value) {
      pushed[rowsInPage] = value as never;
      rowsInPage += 1;
      rows += 1;
      if (rowsInPage < ROWS_PER_PAGE) return;
      endPage();
      if (chunk.pages.length === plan.pagesPerChunk) endChunk();
    },
    get rows() {
      return rows;
    },
    chunks,
    endChunk,
  };
};
