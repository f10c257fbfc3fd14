import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, toDay } from '../../../shared/basics/day.ts';
import { entitlementField } from '../../../shared/config/entitlements.ts';
import { judgeEntitlement } from '../../../shared/renewals/entitlement.ts';
import type { Entitlement } from '../../../shared/renewals/entitlement-pace.ts';

const asOf = toDay('2026-11-22');
const ago = (days: number) => addDays(asOf, -days);
const ends = (days: number) => addDays(asOf, days - 1);
const policy = entitlementField.parse({});

/** Half of what is committed, half way through a period of 200 days. */
const credits: Entitlement = {
  metric: 'credits',
  counts: 'period_total',
  committed: 10_000,
  used: 5_000,
  asOf,
  periodStart: ago(100),
  periodEnd: ends(100),
  past: null,
};

const seats: Entitlement = {
  ...credits,
  metric: 'seats',
  counts: 'level',
  committed: 100,
  used: 80,
  periodStart: null,
};

type Judged = Partial<ReturnType<typeof judgeEntitlement>>;

const cases: readonly [string, Entitlement, Judged][] = [
  [
    'a total in step with its period is used up on its last day',
    credits,
    {
      useRatio: 0.5,
      projectedUse: 10_000,
      projectedRatio: 1,
      method: 'pace since the period began',
      exceedsOn: ends(100),
      daysLeft: 100,
      status: 'saturated',
      signal: 'expansion',
      evidence: `5,000 of 10,000 credits used (50 %); at the pace since the period began 10,000 on ${ends(100)} (100 %), used up on ${ends(100)}`,
    },
  ],
  [
    'a total that runs far ahead is told before it is used up',
    { ...credits, used: 8_000 },
    {
      projectedRatio: 1.6,
      exceedsOn: ends(25),
      status: 'bill_shock_ahead',
      signal: 'bill_shock',
    },
  ],
  [
    'but not while that is far away',
    { ...credits, used: 6_000 },
    { projectedRatio: 1.2, exceedsOn: ends(67), status: 'saturated', signal: 'expansion' },
  ],
  [
    'a recent pace that is higher counts',
    { ...credits, used: 6_000, past: { asOf: ago(28), used: 3_200 } },
    {
      projectedUse: 16_000,
      method: `pace since ${ago(28)}`,
      exceedsOn: ends(40),
      status: 'bill_shock_ahead',
    },
  ],
  [
    'one that is lower does not',
    { ...credits, past: { asOf: ago(28), used: 5_000 } },
    { projectedUse: 10_000, method: 'pace since the period began' },
  ],
  [
    'a recent pace over too few days does not',
    { ...credits, past: { asOf: ago(13), used: 0 } },
    { projectedUse: 10_000, method: 'pace since the period began' },
  ],
  [
    'a total that is over already',
    { ...credits, used: 10_001 },
    { status: 'over', signal: 'bill_shock', exceedsOn: null },
  ],
  [
    'a total that hardly grows',
    { ...credits, used: 1_500 },
    { projectedRatio: 0.3, status: 'idle', signal: null, exceedsOn: null },
  ],
  ['a total within', { ...credits, used: 3_000 }, { status: 'within', signal: null }],
  [
    'a period too young to have a pace',
    { ...credits, used: 900, periodStart: ago(13) },
    {
      status: 'unknown',
      projectedUse: null,
      method: null,
      evidence: '900 of 10,000 credits used (9 %) in 13 days; a pace takes 14',
    },
  ],
  [
    'a period that is not known',
    { ...credits, periodStart: null },
    {
      status: 'unknown',
      evidence:
        '5,000 of 10,000 credits used (50 %); the period is not known, so where it will end cannot be told',
    },
  ],
  [
    'over without a period is over all the same',
    { ...credits, used: 12_000, periodEnd: null },
    { status: 'over', signal: 'bill_shock', daysLeft: null },
  ],
  [
    'nothing committed',
    { ...credits, committed: 0 },
    { useRatio: null, status: 'unknown', signal: null, evidence: 'nothing is committed' },
  ],
  [
    'a level stands as it is, where nothing else is known',
    seats,
    {
      projectedUse: 80,
      method: 'level as it stands',
      exceedsOn: null,
      status: 'within',
      evidence: `80 of 100 seats used (80 %); the period ends on ${ends(100)}`,
    },
  ],
  [
    'a level nearly full has room to grow into',
    { ...seats, used: 90 },
    { status: 'saturated', signal: 'expansion' },
  ],
  [
    'a level above is a standing need',
    { ...seats, used: 114 },
    { status: 'over', signal: 'expansion' },
  ],
  [
    'a level that rises fast is told before it is over',
    { ...seats, past: { asOf: ago(20), used: 60 } },
    {
      projectedUse: 180,
      method: `pace since ${ago(20)}`,
      exceedsOn: ends(20),
      status: 'bill_shock_ahead',
      signal: 'bill_shock',
    },
  ],
  [
    'a level that rises slowly is not full for what it may be in months',
    { ...seats, past: { asOf: ago(20), used: 76 } },
    { projectedUse: 100, exceedsOn: ends(100), status: 'within', signal: null },
  ],
  [
    'a level that falls',
    { ...seats, used: 20, past: { asOf: ago(20), used: 60 } },
    { projectedUse: 0, projectedRatio: 0, exceedsOn: null, status: 'idle' },
  ],
  [
    'a level without a period',
    { ...seats, periodEnd: null },
    { projectedUse: null, method: null, status: 'within', evidence: '80 of 100 seats used (80 %)' },
  ],
];

describe('use against commitment', () => {
  test.each(cases)('%s', (_, entitlement, judged) => {
    expect(judgeEntitlement(entitlement, policy)).toMatchObject(judged);
  });

  test('the name of a metric cannot forge a line', () => {
    const { evidence } = judgeEntitlement({ ...seats, metric: 'a\nb' }, policy);
    expect(evidence).not.toContain('\n');
  });
});

const anyEntitlement: fc.Arbitrary<Entitlement> = fc
  .record({
    counts: fc.constantFrom('level' as const, 'period_total' as const),
    committed: fc.nat(10_000),
    used: fc.nat(15_000),
    start: fc.option(fc.integer({ min: -10, max: 400 })),
    end: fc.option(fc.integer({ min: 1, max: 400 })),
    past: fc.option(fc.record({ days: fc.integer({ min: 1, max: 60 }), used: fc.nat(15_000) })),
  })
  .map(({ start, end, past, ...rest }) => ({
    metric: 'credits',
    asOf,
    ...rest,
    periodStart: start === null ? null : ago(start),
    periodEnd: end === null ? null : ends(end),
    past: past && { asOf: ago(past.days), used: past.used },
  }));

const rank = { unknown: 0, idle: 1, within: 2, saturated: 3, bill_shock_ahead: 4, over: 5 };

describe('for any entitlement', () => {
  test('the day it is used up lies in the period, and the pace leads there', () => {
    fc.assert(
      fc.property(anyEntitlement, (entitlement) => {
        const found = judgeEntitlement(entitlement, policy);
        const { projectedUse, projectedRatio, exceedsOn, daysLeft, method } = found;
        expect(projectedUse === null).toBe(projectedRatio === null);
        expect(projectedUse === null).toBe(method === null);
        if (exceedsOn === null || projectedUse === null || daysLeft === null) return;
        expect(exceedsOn >= asOf && exceedsOn <= ends(daysLeft)).toBe(true);
        const perDay = (projectedUse - entitlement.used) / daysLeft;
        const days = daysBetween(asOf, exceedsOn) + 1;
        const usedBy = (on: number) => entitlement.used + on * perDay;
        expect(usedBy(days)).toBeGreaterThanOrEqual(entitlement.committed - 1e-6);
        if (days > 1) expect(usedBy(days - 1)).toBeLessThan(entitlement.committed + 1e-6);
      }),
    );
  });

  test('more used is never told as less, and never ends lower', () => {
    fc.assert(
      fc.property(anyEntitlement, fc.nat(5_000), (entitlement, more) => {
        const [less, now] = [entitlement, { ...entitlement, used: entitlement.used + more }].map(
          (one) => judgeEntitlement(one, policy),
        );
        expect(rank[now?.status ?? 'unknown']).toBeGreaterThanOrEqual(rank[less?.status ?? 'over']);
        expect(now?.projectedUse ?? 0).toBeGreaterThanOrEqual(less?.projectedUse ?? 0);
      }),
    );
  });

  test('a total with an earlier reading never ends lower than without', () => {
    fc.assert(
      fc.property(anyEntitlement, (any) => {
        const entitlement = { ...any, counts: 'period_total' } as const;
        const without = judgeEntitlement({ ...entitlement, past: null }, policy);
        const { projectedUse } = judgeEntitlement(entitlement, policy);
        expect(projectedUse ?? 0).toBeGreaterThanOrEqual(without.projectedUse ?? 0);
      }),
    );
  });
});

test.each([
  ['idle above saturated', { idle_at: 0.95 }],
  ['a shock that is none', { shock_at: 1 }],
])('%s is refused', (_, config) => {
  expect(entitlementField.safeParse(config).success).toBe(false);
});
