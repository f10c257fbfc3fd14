import type { FlatType, PlainValue } from './plain-bytes.ts';

/** With more distinct values than this, a dictionary costs more than it saves. */
const MOST_WORDS = 32_768;

/** The distinct values of a column, in the order in which they first came. */
export interface Dictionary {
  readonly words: PlainValue[];
  /** The place of each value among the words, or null where there would be too many. */
  codes(values: ArrayLike<PlainValue>): Int32Array | null;
}

export const dictionaryOf = (type: FlatType): Dictionary =>
  type === 'BYTE_ARRAY' ? textDictionary() : numberDictionary();

// Written twice, because the engine is much faster with a loop over one kind of array.
function textDictionary(): Dictionary {
  const places = new Map<string, number>();
  const words: string[] = [];
  // The code that followed each the last time: rows repeat themselves, and to guess costs less than
  // to look up.
  const followers: number[] = [];
  return {
    words,
    codes(values) {
      const texts = values as ArrayLike<string>;
      const codes = new Int32Array(texts.length);
      let last = 0;
      for (let at = 0; at < codes.length; at += 1) {
        const text = texts[at] as string;
        let code = last;
        if (text !== words[last]) {
          code = followers[last] ?? 0;
          if (text !== words[code]) code = places.get(text) ?? words.length;
          if (code === MOST_WORDS) return null;
          if (code === words.length) places.set(text, words.push(text) - 1);
          followers[last] = code;
        }
        codes[at] = last = code;
      }
      return codes;
    },
  };
}

/**
 * A hash table over the bits of numbers, so that both zeros are words of their own. A Map would box
 * every number, and that is more work than all the rest.
 */
function numberDictionary(): Dictionary {
  const words: number[] = [];
  let slots = new Int32Array(1024).fill(-1);
  let taken = new Float64Array(slots.length);

  const widen = () => {
    slots = new Int32Array(2 * slots.length).fill(-1);
    taken = new Float64Array(slots.length);
    for (let code = 0; code < words.length; code += 1) {
      const slot = slotOf(words[code] as number, slots, taken);
      slots[slot] = code;
      taken[slot] = words[code] as number;
    }
  };

  return {
    words,
    codes(values) {
      const numbers = values as Float64Array;
      const codes = new Int32Array(numbers.length);
      for (let at = 0; at < codes.length; at += 1) {
        const number = numbers[at] as number;
        const slot = slotOf(number, slots, taken);
        codes[at] = slots[slot] as number;
        if (codes[at] !== -1) continue;
        if (words.length === MOST_WORDS) return null;
        codes[at] = slots[slot] = words.push(number) - 1;
        taken[slot] = number;
        if (2 * words.length > slots.length) widen();
      }
      return codes;
    },
  };
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The slot that has the number, or the free one where it belongs. */
function slotOf(number: number, slots: Int32Array, taken: Float64Array): number {
  double[0] = number;
  const mixed = Math.imul((halves[0] as number) ^ Math.imul(halves[1] as number, 31), 0x9e3779b1);
  const most = slots.length - 1;
  let slot = (mixed ^ (mixed >>> 15)) & most;
  while (slots[slot] !== -1 && !Object.is(taken[slot], number)) slot = (slot + 1) & most;
  return slot;
}
