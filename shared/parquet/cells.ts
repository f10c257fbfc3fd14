import type { FlatValues } from './page-values.ts';

/**
 * A column whose gaps are null, as batches promise. Numbers without a gap stay as they are; with
 * one they are copied, which costs less than to ask for NaN wherever a value is read.
 */
export const cellsOf = (values: FlatValues): ArrayLike<string | number | boolean | null> => {
  if (!(values instanceof Float64Array) || !hasGap(values)) return values;
  const cells = new Array<number | null>(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    cells[row] = Number.isNaN(value) ? null : value;
  }
  return cells;
};

function hasGap(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) return true;
  }
  return false;
}

/** A column that is kept for a while: small whole numbers, as most are, in a quarter of their bytes. */
export type KeptValues = FlatValues | Int16Array;

/** Stands for no value among small numbers. */
const GAP = -32_768;

export const kept = (values: FlatValues): KeptValues => {
  if (!(values instanceof Float64Array)) return values;
  const small = new Int16Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    small[row] = Number.isNaN(value) ? GAP : value;
    // What is a fraction, too large or a negative zero does not come back.
    const isSmall = value !== GAP && Object.is(small[row], value);
    if (!isSmall && !Number.isNaN(value)) return values;
  }
  return small;
};

/** Some rows of one of the parts that a column is in, and the places where they belong. */
export interface Picked {
  readonly part: number;
  readonly rows: readonly number[];
  readonly places: readonly number[];
}

/** Cells that are picked from the parts of a column, `count` of them in all. */
export const cellsAt = (
  parts: readonly KeptValues[],
  picked: readonly Picked[],
  count: number,
): ArrayLike<string | number | boolean | null> => {
  const areNumbers = parts.every((part) => !Array.isArray(part));
  const cells = areNumbers ? new Float64Array(count) : new Array(count);
  for (const { part, rows, places } of picked) {
    const values = parts[part] as KeptValues;
    const gap = values instanceof Int16Array ? GAP : null;
    const none = areNumbers ? Number.NaN : null;
    for (let at = 0; at < rows.length; at += 1) {
      const value = values[rows[at] as number] ?? null;
      const isGap = value === gap || Number.isNaN(value);
      cells[places[at] as number] = isGap ? none : value;
    }
  }
  return cellsOf(cells);
};
