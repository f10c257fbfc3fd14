import type { Encoding } from 'hyparquet';
import { compareUtf8 } from '../basics/compare-utf8.ts';
import { dictionaryOf } from './dictionary.ts';
import { hybridBytes } from './hybrid-bytes.ts';
import { type FlatType, type PlainValue, plainBytes } from './plain-bytes.ts';
import { snappyBytes } from './snappy.ts';

export interface Page {
  readonly encoding: Encoding;
  readonly values: number;
  /** In bytes, before it was compressed. */
  readonly size: number;
  readonly compressed: Uint8Array;
}

/** The pages of one column in one row group, with what its statistics say. */
export interface Chunk {
  readonly dictionary: Page | null;
  readonly pages: readonly Page[];
  readonly rows: number;
  readonly nulls: number;
  readonly min?: PlainValue | undefined;
  readonly max?: PlainValue | undefined;
}

export interface ChunkBuilder {
  /** Takes the values of a page; `levels` has a 1 for each of its rows that has one. */
  add(values: ArrayLike<PlainValue>, levels: Uint8Array): void;
  readonly pages: readonly Page[];
  finish(): Chunk;
}

/** Encodes and compresses pages as they come: by dictionary as long as that pays, then plain. */
export const chunkBuilder = (type: FlatType, optional: boolean): ChunkBuilder => {
  const dictionary = dictionaryOf(type);
  const { words } = dictionary;
  const pages: Page[] = [];
  let pays = type !== 'BOOLEAN';
  let rows = 0;
  let nulls = 0;
  let range: Range = {};

  const plain = (values: ArrayLike<PlainValue>) => {
    range = widened(range, values);
    return plainBytes(type, values);
  };
  /** Null where too few values recur. */
  const coded = (values: ArrayLike<PlainValue>): Uint8Array | null => {
    const known = words.length;
    const page = dictionary.codes(values);
    if (page === null) return null;
    return known > 0 || 2 * words.length <= page.length ? codeBytes(page, words.length) : null;
  };

  return {
    pages,
    add(values, levels) {
      const known = words.length;
      const short = pays && values.length > 0 ? coded(values) : null;
      if (short === null && values.length > 0) pays = false;
      if (short === null) words.length = known;
      const body = short ?? plain(values);
      const bytes = optional ? Buffer.concat([levelBytes(levels), body]) : body;
      pages.push(pageOf(short ? 'RLE_DICTIONARY' : 'PLAIN', levels.length, bytes));
      rows += levels.length;
      nulls += levels.length - values.length;
    },
    finish() {
      const page = words.length > 0 ? pageOf('PLAIN', words.length, plain(words)) : null;
      return { dictionary: page, pages, rows, nulls, ...range };
    },
  };
};

interface Range {
  readonly min?: PlainValue;
  readonly max?: PlainValue;
}

function widened(range: Range, values: ArrayLike<PlainValue>): Range {
  let { min, max } = range;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as PlainValue;
    if (min === undefined || compare(value, min) < 0) min = value;
    if (max === undefined || compare(value, max) > 0) max = value;
  }
  return { min, max };
}

const compare = (a: PlainValue, b: PlainValue): number =>
  typeof a === 'string' ? compareUtf8(a, b as string) : a - (b as number);

function pageOf(encoding: Encoding, values: number, bytes: Uint8Array): Page {
  return { encoding, values, size: bytes.length, compressed: snappyBytes(bytes) };
}

function codeBytes(codes: Int32Array, words: number): Uint8Array {
  const width = 32 - Math.clz32(Math.max(0, words - 1));
  return Buffer.concat([Uint8Array.of(width), hybridBytes(codes, width)]);
}

function levelBytes(levels: Uint8Array): Uint8Array {
  const bytes = hybridBytes(levels, 1);
  return Buffer.concat([plainBytes('INT32', [bytes.length]), bytes]);
}
