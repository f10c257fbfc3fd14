import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MeasureId } from '../../../shared/config/default-model.ts';
import type { DriftGuard } from '../../../shared/config/drift.ts';
import {
  BINS,
  type Distribution,
  driftReason,
  stabilityIndex,
} from '../../../shared/health/drift-guard.ts';

const guard: DriftGuard = { band_change_share: 0.15, fewest_accounts: 50, psi: 0.25 };
const even: Distribution = Array.from({ length: BINS }, () => 100);
const spread = (bins: Distribution): ReadonlyMap<MeasureId, Distribution> =>
  new Map([['usage_trend', bins]]);
const calm = { bands: { compared: 1000, changed: 20 }, now: spread(even), before: spread(even) };

describe('the drift guard', () => {
  test('lets a quiet day pass', () => expect(driftReason(calm, guard)).toBeNull());

  test('a run on its limit passes, one above it is held, with the figures', () => {
    const changed = (count: number) => ({ ...calm, bands: { compared: 1000, changed: count } });
    expect(driftReason(changed(150), guard)).toBeNull();
    expect(driftReason(changed(151), guard)).toBe(
      '151 of 1000 accounts changed band since the last run (15.1 %, limit 15 %)',
    );
    expect(driftReason(changed(900), { ...guard, band_change_share: null })).toBeNull();
  });

  test('a feed whose distribution jumps is named', () => {
    const silent = even.map((_, bin) => (bin === 1 ? 1100 : 0));
    expect(driftReason({ ...calm, now: spread(silent) }, guard)).toMatch(
      /^usage_trend is distributed differently \(PSI \d+\.\d\d, limit 0\.25\)$/,
    );
    expect(driftReason({ ...calm, now: spread(silent) }, { ...guard, psi: null })).toBeNull();
  });

  test('a source that is stale is told as such, and holds nothing', () => {
    const unknown = even.map((_, bin) => (bin === 0 ? 1100 : 0));
    expect(driftReason({ ...calm, now: spread(unknown) }, guard)).toBeNull();
    expect(driftReason({ ...calm, before: spread(unknown) }, guard)).toBeNull();
  });

  test('does not judge the first run, nor a handful of accounts', () => {
    const wild = { ...calm, bands: { compared: 1000, changed: 1000 } };
    expect(driftReason({ ...wild, before: null }, guard)).toBeNull();
    expect(driftReason({ ...calm, bands: { compared: 49, changed: 49 } }, guard)).toBeNull();
  });
});

const anyBins = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: BINS, maxLength: BINS });

test('the index is 0 for a distribution and itself, and never negative', () => {
  fc.assert(
    fc.property(anyBins, anyBins, (a, b) => {
      expect(stabilityIndex(a, a)).toBe(0);
      expect(stabilityIndex(a, b)).toBeGreaterThanOrEqual(-0.02);
    }),
  );
});

test('the index of a textbook shift', () => {
  // 0.1 × ln(1.5) twice over: from 20/80 to 30/70.
  const index = stabilityIndex([20, 80], [30, 70]);
  expect(index).toBeCloseTo(0.1 * Math.log(1.5) + -0.1 * Math.log(0.7 / 0.8), 10);
});
