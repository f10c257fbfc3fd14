import fc from 'fast-check';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { expect, test } from 'vitest';
import { hybridBytes } from '../../../shared/parquet/hybrid-bytes.ts';

const readBack = (bytes: Uint8Array, width: number, count: number): number[] => {
  const values = new Array<number>(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  readRleBitPackedHybrid({ view, offset: 0 }, width, values, bytes.length);
  return values;
};

// From the specification of Parquet: 0 to 7 in three bits are 0x88 0xc6 0xfa.
test.each([
  ['nothing', [], 1, []],
  ['a run', new Array(8).fill(1), 1, [8 << 1, 1]],
  ['a run of more than 63', new Array(100).fill(0), 1, [(200 & 127) | 128, 1, 0]],
  ['a run of wide values', new Array(9).fill(0x1234), 13, [9 << 1, 0x34, 0x12]],
  ['a single word, which takes no bits', new Array(20).fill(0), 0, [20 << 1]],
  ['a group', [0, 1, 2, 3, 4, 5, 6, 7], 3, [3, 0x88, 0xc6, 0xfa]],
  ['a group that is not full', [1, 0, 1], 1, [3, 0b101]],
  ['a group before a run', [1, 0, 1, 0, 1, 0, 1, 0, ...new Array(9).fill(1)], 1, [3, 85, 18, 1]],
])('%s', (_, values, width, bytes) => {
  expect([...hybridBytes(Int32Array.from(values), width)]).toEqual(bytes);
});

test('hyparquet reads what was written, whatever recurs how often', () => {
  const runs = fc.integer({ min: 1, max: 16 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      runs: fc.array(fc.tuple(fc.nat(2 ** width - 1), fc.integer({ min: 1, max: 40 })), {
        maxLength: 60,
      }),
    }),
  );
  fc.assert(
    fc.property(runs, ({ width, runs: parts }) => {
      const values = parts.flatMap(([value, times]) => new Array<number>(times).fill(value));
      const bytes = hybridBytes(Int32Array.from(values), width);
      expect(readBack(bytes, width, values.length)).toEqual(values);
      if (width > 8) return;
      expect(hybridBytes(Uint8Array.from(values), width)).toEqual(bytes);
    }),
  );
});
