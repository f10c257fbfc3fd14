import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Band,
  bandOf,
  bandStep,
  ceilingOf,
  steadyBandOf,
  worseOf,
} from '../../../shared/health/band.ts';

const borders = { green: 70, yellow: 40 };
const policy = { bands: borders, hysteresis: 2 };

test.each<[score: number, before: Band | null, after: Band]>([
  [70, null, 'green'],
  [69.9, null, 'yellow'],
  [40, 'unscored', 'yellow'],
  [39.9, null, 'red'],
  [68, 'green', 'green'],
  [67.9, 'green', 'yellow'],
  [72, 'yellow', 'yellow'],
  [72.1, 'yellow', 'green'],
  [38, 'yellow', 'yellow'],
  [37.9, 'yellow', 'red'],
  [42, 'red', 'red'],
  [42.1, 'red', 'yellow'],
  [38, 'green', 'yellow'],
  [37.9, 'green', 'red'],
  [72.1, 'red', 'green'],
  [71, 'red', 'yellow'],
])('%d after %s is %s', (score, before, after) => {
  expect(steadyBandOf(score, before, policy)).toBe(after);
});

test('without hysteresis the band is that of the score, on its borders too', () => {
  for (const before of ['green', 'yellow', 'red'] as const) {
    expect(steadyBandOf(70, before, { ...policy, hysteresis: 0 })).toBe('green');
    expect(steadyBandOf(39.9, before, { ...policy, hysteresis: 0 })).toBe('red');
  }
});

const anyScore = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
const anyBand = fc.constantFrom<Band>('green', 'yellow', 'red');

test('a score that trembles by no more than the hysteresis never changes a band twice', () => {
  fc.assert(
    fc.property(
      anyScore,
      anyBand,
      fc.array(fc.integer({ min: -10, max: 10 })),
      (at, from, steps) => {
        let band = steadyBandOf(at, from, policy);
        let changes = 0;
        for (const step of steps) {
          const next = steadyBandOf(Math.min(100, Math.max(0, at + step / 10)), band, policy);
          if (next !== band) changes += 1;
          band = next;
        }
        expect(changes).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('a better score never gives a worse band', () => {
  fc.assert(
    fc.property(anyScore, anyScore, anyBand, (a, b, before) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const worse = steadyBandOf(low, before, policy);
      expect(bandStep(worse, steadyBandOf(high, before, policy))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a cap lowers a band and never lifts it', () => {
  expect(worseOf('green', 'yellow')).toBe('yellow');
  expect(worseOf('red', 'yellow')).toBe('red');
  expect(bandOf(ceilingOf('yellow', borders), borders)).toBe('yellow');
  expect(bandOf(ceilingOf('red', borders), borders)).toBe('red');
});

test('what has no score has not moved', () => {
  expect(bandStep('unscored', 'green')).toBe(0);
  expect(bandStep('red', 'unscored')).toBe(0);
  expect(bandStep('green', 'red')).toBe(-1);
  expect(bandStep('red', 'yellow')).toBe(1);
});
