import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import type { ColumnDecoder, DecodedArray } from 'hyparquet/src/types.js';
import { type Day, dayFromEpoch } from '../basics/day.ts';

/** A column in memory: numbers with NaN where there is none, or anything else with null. */
export type FlatValues = Float64Array | (string | number | boolean | null)[];

/** An integer that JavaScript cannot hold exactly; it must not pass as one that it can. */
export class UnsafeInteger extends RangeError {
  readonly column: string;
  readonly integer: bigint;

  constructor(column: string, integer: bigint) {
    super(`${integer} in column ${column} is too large for an exact number`);
    this.column = column;
    this.integer = integer;
  }
}

const days = new Map<number, Day>();
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** What hyparquet makes of days and texts, in our words. */
export const parsers = {
  ...DEFAULT_PARSERS,
  /** Few days recur in many rows, and to write one out costs more than to look it up. */
  dateFromDays(epoch: number): Day {
    const known = days.get(epoch);
    if (known !== undefined) return known;
    if (days.size > 50_000) days.clear();
    const day = dayFromEpoch(epoch);
    days.set(epoch, day);
    return day;
  },
  /** A leading byte order mark is part of the text. */
  stringFromBytes(bytes: Uint8Array | undefined): string | undefined {
    return bytes && text.decode(bytes);
  },
};

/** The cells that the values of a page, or of a dictionary, stand for. */
export const pageValues = (page: DecodedArray, decoder: ColumnDecoder): FlatValues => {
  const { name, converted_type: converted, scale = 0 } = decoder.element;
  const isDecimal = converted === 'DECIMAL' && !Array.isArray(page);
  const values = isDecimal ? page : convert(page, decoder);
  if (values instanceof Float64Array) return values;
  if (Array.isArray(values)) {
    return typeof values[0] === 'string' ? values : values.map((value) => cell(name, value));
  }
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row += 1) {
    const value = values[row] as number | bigint;
    // Divided, for the nearest number there is: 46 times 0.1 would be 4.6000000000000005.
    if (isDecimal) numbers[row] = Number(value) / 10 ** scale;
    else numbers[row] = typeof value === 'bigint' ? exact(name, value) : value;
  }
  return numbers;
};

function cell(column: string, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return exact(column, value);
  // As Athena itself writes a timestamp in its result pages.
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  if (typeof value === 'object') throw new TypeError(`column ${column} is not of a type of cells`);
  return value as string | number | boolean;
}

function exact(column: string, integer: bigint): number {
  const number = Number(integer);
  if (!Number.isSafeInteger(number)) throw new UnsafeInteger(column, integer);
  return number;
}
