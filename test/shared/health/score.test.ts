import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { roundTo } from '../../../shared/basics/ratio.ts';
import { type Model, modelField } from '../../../shared/config/model.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { bandOf } from '../../../shared/health/band.ts';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import { scorerFor } from '../../../shared/health/score.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';

const model: Model = modelField.parse({});
const everything = () => null;
const scored = (change: Partial<AccountRow>, policy: Model = model) =>
  scorerFor(policy, everything)({ ...healthyAccount, ...change });

/** Any account the warehouse could hand over: every number, and every gap. */
const anyAccount: fc.Arbitrary<AccountRow> = fc.record(
  Object.fromEntries(
    Object.entries(healthyAccount).map(([name, value]) => [name, anyValue(name, value)]),
  ) as { [Name in keyof AccountRow]: fc.Arbitrary<AccountRow[Name]> },
);

function anyValue(name: string, value: unknown): fc.Arbitrary<unknown> {
  if (name === 'ticketCsat90d' || name === 'csat180d')
    return fc.option(fc.double({ min: 1, max: 5, noNaN: true }));
  if (name === 'seatsPaid' || name === 'deepestDiscountPct' || name === 'featuresPerActiveDay28d') {
    return fc.option(fc.nat(200));
  }
  if (name === 'liveLines') return fc.constant(1);
  if (typeof value === 'number') return fc.nat(100_000);
  if (name === 'customerSince')
    return fc.constantFrom(null, toDay('2026-11-01'), toDay('2020-01-01'));
  return fc.constant(value);
}

describe('scoring an account', () => {
  test('a healthy one has 100 points, all of them known', () => {
    expect(scored({})).toMatchObject({
      score: 100,
      band: 'green',
      coverage: 1,
      gateEffect: 0,
      topDriver: null,
    });
  });

  test('one without a live contract is unscored and says so', () => {
    const health = scored({ arrCents: 0, liveLines: 0 });
    expect(health).toMatchObject({ score: null, band: 'unscored', reason: 'no live contract' });
  });

  test('one of which little is known is unscored, with the reasons', () => {
    const onlyCommercial = scorerFor(model, (needs) =>
      needs.every((need) => String(need).startsWith('contracts.'))
        ? null
        : 'usage_daily is not configured',
    );
    expect(onlyCommercial(healthyAccount)).toMatchObject({
      band: 'unscored',
      coverage: 0.15,
      reason: 'coverage 15 % is below 50 %: usage_daily is not configured',
    });
  });

  test.each([
    [0.15, 'green'],
    [0.1501, 'unscored'],
  ])('with 15 %% known and %d wanted it is %s', (minimum_coverage, band) => {
    const onlyCommercial = scorerFor(modelField.parse({ minimum_coverage }), (needs) =>
      needs.every((need) => String(need).startsWith('contracts.')) ? null : 'not configured',
    );
    expect(onlyCommercial(healthyAccount)).toMatchObject({ coverage: 0.15, band });
  });

  test('an unknown measure keeps its weight on the receipt and adds nothing', () => {
    const line = scored({ csat180d: null }).lines.find(({ measure }) => measure === 'csat');
    expect(line).toMatchObject({ status: 'unknown', points: null, contribution: 0, weight: 4 });
  });

  test('the top driver is the known measure that costs most', () => {
    expect(scored({ activeUsersPeak28d: 0 }).topDriver).toEqual({ measure: 'seat_use', lost: 12 });
  });

  test('no wildcard: a measure of weight 0 leaves the receipt', () => {
    const support = { weight: 16, measures: { support_trend: { weight: 0 } } };
    const usage = { weight: 49, measures: { seat_use: { weight: 16 } } };
    const policy = modelField.parse({ dimensions: { support, usage } });
    expect(scored({}, policy).lines.map(({ measure }) => measure)).not.toContain('support_trend');
  });
});

describe('gates', () => {
  test.each([
    [
      'a critical ticket open for a week',
      { oldestCriticalOpenedOn: toDay('2026-11-15') },
      100,
      0,
      null,
    ],
    [
      'and for a day longer',
      { oldestCriticalOpenedOn: toDay('2026-11-14') },
      69.9,
      -30.1,
      'critical ticket open for 8 days',
    ],
    ['notice on part of the ARR', { arrUnderNoticeCents: 1 }, 100, 0, null],
    [
      'notice on all of it',
      { arrUnderNoticeCents: 24_000_000 },
      39.9,
      -60.1,
      'notice given on all ARR',
    ],
    [
      'both: the lower cap counts',
      { arrUnderNoticeCents: 24_000_000, oldestCriticalOpenedOn: toDay('2026-01-01') },
      39.9,
      -60.1,
      'notice given on all ARR',
    ],
  ])('%s', (_, change, score, gateEffect, gateReason) => {
    expect(scored(change)).toMatchObject({ score, gateEffect, gateReason });
  });

  const closed = {
    oldestCriticalOpenedOn: toDay('2026-01-01'),
    arrUnderNoticeCents: healthyAccount.arrCents,
  };
  const notice = 'notice_given: contracts is stale';
  const critical = 'critical_ticket: support_tickets is stale';
  test.each([
    ['critical tickets', ['support_tickets'], 39.9, 'notice given on all ARR', critical],
    ['notice', ['contracts'], 69.9, 'critical ticket open for 325 days', notice],
    ['either', ['contracts', 'support_tickets'], 100, null, `${notice}; ${critical}`],
  ])(
    'one that cannot be asked about %s stays open and is named',
    (_, stale, score, reason, unknown) => {
      const scorer = scorerFor(model, (needs) => {
        const missing = stale.find((id) => needs.some((need) => String(need).startsWith(id)));
        return missing === undefined ? null : `${missing} is stale`;
      });
      expect(scorer({ ...healthyAccount, ...closed })).toMatchObject({
        score,
        gateEffect: roundTo(score - 100, 1),
        gateReason: reason,
        gatesUnknown: unknown,
      });
    },
  );

  test('a gate that takes nothing off is not blamed', () => {
    const { score, gateEffect, gateReason } = scored({
      oldestCriticalOpenedOn: toDay('2026-01-01'),
      severeTicketsOpen: 3,
      sessionsWeek1: 0,
      sessionsWeek2: 0,
      sessionsWeek3: 0,
      sessionsWeek4: 0,
      activeDays28d: 0,
      activeUsersPeak28d: 0,
      featuresPerActiveDay28d: null,
    });
    expect(score).toBeLessThan(60);
    expect({ gateEffect, gateReason }).toEqual({ gateEffect: 0, gateReason: null });
  });
});

describe('for any account', () => {
  test('contributions and gate effect sum to the score exactly', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        const { score, gateEffect, lines } = scorerFor(model, everything)(account);
        if (score === null) return lines.every(({ contribution }) => contribution === null);
        const tenths = lines.reduce(
          (sum, line) => sum + Math.round((line.contribution ?? 0) * 10),
          0,
        );
        return tenths + Math.round(gateEffect * 10) === Math.round(score * 10);
      }),
      { numRuns: 500 },
    );
  });

  test('score and every part stay in bounds, and the band is that of the score', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        const { score, band, coverage, gateEffect, lines } = scorerFor(model, everything)(account);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
        expect(gateEffect).toBeLessThanOrEqual(0);
        for (const { points } of lines)
          expect(points === null || (points >= 0 && points <= 100)).toBe(true);
        if (score === null) return expect(band).toBe('unscored');
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(band).toBe(bandOf(score, model.bands));
      }),
    );
  });
});

test.each([
  [70, 'green'],
  [69.9, 'yellow'],
  [40, 'yellow'],
  [39.9, 'red'],
  [0, 'red'],
])('a score of %d is %s', (score, band) => {
  expect(bandOf(score, model.bands)).toBe(band);
});

test.each([
  [-5, 0],
  [0, 0],
  [2.5, 25],
  [5, 50],
  [7.5, 75],
  [20, 100],
])('the curve gives %d its %d points', (value, points) => {
  expect(
    pointsOnCurve(
      [
        [0, 0],
        [5, 50],
        [10, 100],
      ],
      value,
    ),
  ).toBe(points);
});
