import fc from 'fast-check';
import { snappyUncompress } from 'hyparquet';
import { expect, test } from 'vitest';
import { snappyBytes } from '../../../shared/parquet/snappy.ts';

const readBack = (compressed: Uint8Array, length: number): Uint8Array => {
  const output = new Uint8Array(length);
  snappyUncompress(compressed, output);
  return output;
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const noise = (length: number): Uint8Array => {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
};

const far = Buffer.concat([
  bytesOf('once upon a time'),
  noise(70_000),
  bytesOf('once upon a time'),
]);

// A literal says its length in its tag, or in one to three bytes more; a copy is of 64 at most.
test.each([
  ['nothing', new Uint8Array(), 1],
  ['one byte', bytesOf('x'), 3],
  ['too little to look for anything', bytesOf('abcabcabcabca'), 15],
  ['one byte over and over', new Uint8Array(100_000), 4_800],
  ['a text over and over', bytesOf('3 of 20 seats active; '.repeat(1000)), 1_200],
  ['what never recurs', noise(60), 62],
  ['much that never recurs', noise(300), 305],
  ['very much that never recurs', noise(100_000), 100_010],
  ['what recurs too far away', far, 70_060],
])('%s is read back, in few bytes', (_, bytes, most) => {
  const compressed = snappyBytes(bytes);
  expect(Buffer.compare(readBack(compressed, bytes.length), bytes)).toBe(0);
  expect(compressed.length).toBeLessThanOrEqual(most);
});

test('whatever recurs, and wherever the bytes lie, is read back', () => {
  const pieces = fc.array(
    fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 90 }), fc.integer({ min: 1, max: 30 })),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(pieces, fc.nat(7), (parts, before) => {
      const repeated = parts.flatMap(([piece, times]) => new Array<Uint8Array>(times).fill(piece));
      const bytes = Buffer.concat([new Uint8Array(before), ...repeated]).subarray(before);
      expect(Buffer.compare(readBack(snappyBytes(bytes), bytes.length), bytes)).toBe(0);
    }),
  );
});
