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
  const pushed: Pushed = type === 'BYTE_ARRAY' ? texts() : numbers();
  const levels = new Uint8Array(ROWS_PER_PAGE);
  const chunks: Chunk[] = [];
  let chunk = chunkBuilder(type, optional);
  let rows = 0;
  let rowsInPage = 0;

  const endPage = () => {
    const values = pushed.present(rowsInPage, levels);
    assert(
      optional || values.length === rowsInPage,
      `column ${plan.name} has a value in every row`,
    );
    chunk.add(values, levels.subarray(0, rowsInPage));
    rowsInPage = 0;
  };
  const endChunk = () => {
    if (rowsInPage > 0) endPage();
    if (chunk.pages.length > 0) chunks.push(chunk.finish());
    chunk = chunkBuilder(type, optional);
  };

  return {
    push(value) {
      pushed.values[rowsInPage] = value as never;
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

interface Pushed {
  readonly values: (string | null)[] | Float64Array;
  /** The first so many without their gaps; `levels` has a 1 for each that is there. */
  present(rows: number, levels: Uint8Array): ArrayLike<PlainValue>;
}

// Written twice, because the engine is much faster with a loop over one kind of array.
function texts(): Pushed {
  // Grows as it is filled: most tables are small, and there are many of them.
  const values: (string | null)[] = [];
  return {
    values,
    present(rows, levels) {
      let present = 0;
      for (let row = 0; row < rows; row += 1) {
        const text = values[row] as string | null;
        levels[row] = text === null ? 0 : 1;
        if (text === null) continue;
        values[present] = text;
        present += 1;
      }
      return values.slice(0, present) as string[];
    },
  };
}

function numbers(): Pushed {
  const values = new Float64Array(ROWS_PER_PAGE);
  return {
    values,
    present(rows, levels) {
      let present = 0;
      for (let row = 0; row < rows; row += 1) {
        const number = values[row] as number;
        const isThere = !Number.isNaN(number);
        levels[row] = isThere ? 1 : 0;
        if (!isThere) continue;
        values[present] = number;
        present += 1;
      }
      return values.subarray(0, present);
    },
  };
}
