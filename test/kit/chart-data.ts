import fc from 'fast-check';
import { addDays, toDay } from '../../shared/basics/day.ts';
import type { Bridge } from '../../shared/reports/charts/bridge-steps.ts';
import type { SegmentMix } from '../../shared/reports/charts/health-mix-rows.ts';
import type { RenewalsOfWeek } from '../../shared/reports/charts/renewal-weeks.ts';
import type { Trend } from '../../shared/reports/charts/trend-series.ts';

const MOST = 1e15;
const first = toDay('2026-11-23');

/** As often small as large, and often nothing. */
const cents = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: 5e9 }),
  fc.integer({ min: 0, max: MOST }),
);
const loss = cents.map((amount) => -amount || 0);
const either = fc.oneof(cents, loss);
const ratio = fc.oneof(
  fc.constant(null),
  fc.double({ min: 0.7, max: 1.3, noNaN: true }),
  fc.double({ min: 0, max: 60, noNaN: true }),
);

export const anyCurrency = fc.constantFrom('USD', 'EUR', 'CHF', 'JPY', 'INR', 'KES', 'XAF');
export const anyWidth = fc.constantFrom(320, 340, 430, 560, 760);

export const anyTrend: fc.Arbitrary<Trend> = fc.record({
  months: fc
    .array(fc.record({ nrr: ratio, grr: ratio, skip: fc.boolean() }), { maxLength: 40 })
    .map((rows) =>
      rows
        .map(({ nrr, grr, skip }, index) => ({ month: monthAt(index), nrr, grr, skip }))
        .filter(({ skip }) => !skip),
    ),
  targets: fc.record({ nrr: ratio, grr: ratio }),
  width: anyWidth,
});

const monthAt = (index: number): string =>
  `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

export const anyBridge: fc.Arbitrary<Bridge & { currency: string; width: number }> = fc.record({
  ...{ opening: either, newBusiness: cents, expansion: cents, contraction: loss, churn: loss },
  ...{ reactivation: cents, escalator: cents, fx: either, closing: either },
  ...{ currency: anyCurrency, width: anyWidth },
});

const share = fc.record({ arr: cents, accounts: fc.nat(5000) });

export const anySegments: fc.Arbitrary<SegmentMix[]> = fc.array(
  fc.record({
    segment: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 200 })),
    ...{ green: share, yellow: share, red: share, unscored: share },
  }),
  { maxLength: 16 },
);

export const anyWeeks: fc.Arbitrary<RenewalsOfWeek[]> = fc
  .array(
    fc.record({ renewals: fc.nat(400), won: cents, commit: cents, bestCase: cents, atRisk: cents }),
    { maxLength: 15 },
  )
  .map((weeks) => weeks.map((week, index) => ({ ...week, weekOf: addDays(first, 7 * index) })));
