import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';

test.each([
  ['a', 'b'],
  ['a', 'aa'],
  ['Z', 'a'],
  ['z', 'é'],
  ['～', '😀'],
  ['\uffff', '\u{10000}'],
  ['\ud7ff', '\ue000'],
])('%s comes before %s', (first, second) => {
  expect(compareUtf8(first, second)).toBeLessThan(0);
  expect(compareUtf8(second, first)).toBeGreaterThan(0);
  expect(compareUtf8(first, first)).toBe(0);
});

test('the order is that of the bytes', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  const near = fc.string({ unit: fc.constantFrom('a', '\ud7ff', '\ue000', '～', '😀', '𐀀') });
  fc.assert(
    fc.property(fc.oneof(text, near), fc.oneof(text, near), (a, b) => {
      const ofBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      return Math.sign(compareUtf8(a, b)) === ofBytes;
    }),
    { numRuns: 1_000 },
  );
});
