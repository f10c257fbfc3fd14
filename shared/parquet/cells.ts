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
