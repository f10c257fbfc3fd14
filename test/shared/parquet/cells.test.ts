import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsAt, kept } from '../../../shared/parquet/cells.ts';

const anyNumbers = fc.array(
  fc.oneof(
    fc.constantFrom(Number.NaN, 0, -0, 1, -1, 32_767, 32_768, -32_767, -32_768, 0.5, 2 ** 40),
    fc.integer({ min: -40_000, max: 40_000 }),
  ),
  { minLength: 1, maxLength: 20 },
);
const anyTexts = fc.array(fc.option(fc.string()), { minLength: 1, maxLength: 20 });

test('a column that was kept comes back cell by cell, from however many parts it is in', () => {
  const anyParts = fc.oneof(
    fc.array(anyNumbers, { minLength: 1, maxLength: 4 }),
    fc.array(anyTexts, { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(anyParts, fc.infiniteStream(fc.nat()), (parts, random) => {
      const all = parts.flatMap((values, part) => values.map((_, row) => ({ part, row })));
      const order = all
        .map((place) => ({ ...place, by: random.next().value as number }))
        .sort((a, b) => a.by - b.by);
      const columns = parts.map((values) =>
        kept(
          typeof values[0] === 'number'
            ? Float64Array.from(values as number[])
            : (values as string[]),
        ),
      );
      const picked = parts.map((_, part) => {
        const places = [...order.keys()].filter((place) => order[place]?.part === part);
        return { part, places, rows: places.map((place) => order[place]?.row as number) };
      });
      const cells = Array.from(cellsAt(columns, picked, order.length));
      const expected = order.map(({ part, row }) => parts[part]?.[row] ?? null);
      expect(cells).toStrictEqual(expected.map((cell) => (Number.isNaN(cell) ? null : cell)));
    }),
  );
});

test('small whole numbers are kept in two bytes, all others as they are', () => {
  expect(kept(Float64Array.of(1, Number.NaN, -32_767))).toBeInstanceOf(Int16Array);
  for (const number of [0.5, -0, -32_768, 32_768, Number.POSITIVE_INFINITY]) {
    expect(kept(Float64Array.of(1, number))).toBeInstanceOf(Float64Array);
  }
});
