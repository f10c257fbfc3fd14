/**
 * Sums by key, each a row of numbers. Parts of the customer base are counted apart, and what they
 * counted is added up afterwards.
 */
export type SumsByKey = Map<string, Float64Array>;

/** The row of a key, of zeros when there was none. */
export const sumsOf = (sums: SumsByKey, key: string, width: number): Float64Array => {
  const found = sums.get(key);
  if (found !== undefined) return found;
  const made = new Float64Array(width);
  sums.set(key, made);
  return made;
};

export const increase = (sums: Float64Array, place: number, by: number): void => {
  sums[place] = (sums[place] as number) + by;
};

/** Adds what another part has counted, row by row. */
export const addSums = (to: SumsByKey, counted: SumsByKey): void => {
  for (const [key, row] of counted) addRow(sumsOf(to, key, row.length), row);
};

export const addRow = (to: Float64Array, counted: Float64Array): void => {
  for (let place = 0; place < counted.length; place += 1) {
    increase(to, place, counted[place] as number);
  }
};
