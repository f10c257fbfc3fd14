import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import { leversFor, leversTogether } from '../../../shared/health/levers.ts';
import type { WeighedMeasure } from '../../../shared/health/resolved-model.ts';

const model: WeighedMeasure[] = [
  {
    id: 'seat_use',
    dimension: 'usage',
    weight: 60,
    curve: [
      [0, 0],
      [1, 100],
    ],
  },
  {
    id: 'severe_tickets',
    dimension: 'support',
    weight: 40,
    curve: [
      [0, 100],
      [2, 0],
    ],
  },
];
const lines = [
  { measure: 'seat_use', rawValue: 0.5, points: 50, weight: 60 },
  { measure: 'severe_tickets', rawValue: 2, points: 0, weight: 40 },
] as const;

test('each measure that could do it alone, with the value it must reach, the shortest way first', () => {
  expect(leversFor(24, lines, model)).toEqual([
    { measure: 'seat_use', from: 0.5, to: 0.9, adds: 24 },
    { measure: 'severe_tickets', from: 2, to: 0.8, adds: 24 },
  ]);
  expect(leversFor(35, lines, model).map(({ measure }) => measure)).toEqual(['severe_tickets']);
});

test('where none can alone, the ones that cost most, until together they do', () => {
  expect(leversFor(50, lines, model)).toEqual([]);
  expect(leversTogether(50, lines)).toEqual(['severe_tickets', 'seat_use']);
  expect(leversTogether(80, lines)).toEqual([]);
});

test('a lever that is pulled lifts the mean by the gap', () => {
  const value = fc.integer({ min: 0, max: 99 }).map((hundredths) => hundredths / 100);
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 40 }), (use, gap) => {
      const seats = { measure: 'seat_use', rawValue: use, points: 100 * use, weight: 60 } as const;
      const mean = (points: number) => (60 * points + 40 * 0) / 100;
      for (const { measure, to } of leversFor(gap, [seats, lines[1]], model)) {
        if (measure !== 'seat_use') continue;
        const curve = model[0]?.curve ?? [];
        expect(mean(pointsOnCurve(curve, to))).toBeGreaterThanOrEqual(mean(100 * use) + gap - 0.1);
      }
    }),
  );
});
