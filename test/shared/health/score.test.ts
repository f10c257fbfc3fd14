import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { roundTo } from '../../../shared/basics/ratio.ts';
import type { MeasureId } from '../../../shared/config/default-model.ts';
import { modelField, type Stage, stages } from '../../../shared/config/model.ts';
import type { Answerable } from '../../../shared/health/answerable.ts';
import { type Band, bandOf } from '../../../shared/health/band.ts';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import type { Placement } from '../../../shared/health/placement.ts';
import type { Health } from '../../../shared/health/score.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { allPlaces, defaultModel, placed, scored, scorer } from '../../kit/scorer.ts';
import { anyAccount } from './measures/any-account.ts';

/** Only what needs nothing but this source can be asked. */
const onlyFrom =
  (id: string, otherwise: string): Answerable =>
  (needs) =>
    needs.flat().every((column) => column.startsWith(`${id}.`)) ? null : otherwise;
/** Nothing can be asked that cannot do without these sources. */
const staleAre =
  (ids: readonly string[]): Answerable =>
  (needs) => {
    const columns = needs.filter((need) => typeof need === 'string');
    const stale = ids.find((id) => columns.some((column) => column.startsWith(`${id}.`)));
    return stale === undefined ? null : `${stale} is stale`;
  };

const lineOf = ({ lines }: Health, id: MeasureId) => lines.find(({ measure }) => measure === id);

const noUse = {
  sessionsWeek1: 0,
  sessionsWeek2: 0,
  sessionsWeek3: 0,
  sessionsWeek4: 0,
  activeDays28d: 0,
  activeUsersPeak28d: 0,
  userDays28d: 0,
  featuresPerActiveDay28d: null,
  featuresUsed28d: 0,
};
const notice = { arrUnderNoticeCents: healthyAccount.arrCents };
const longCritical = { oldestCriticalOpenedOn: toDay('2026-01-01') };

describe('scoring an account', () => {
  test('a healthy one has 100 points, all of them known', () => {
    expect(scored({})).toMatchObject({
      score: 100,
      band: 'green',
      scoredBand: 'green',
      coverage: 1,
      gateEffect: 0,
      gatesUnknown: null,
      topDriver: null,
    });
  });

  test('one without a live contract is unscored and says so', () => {
    const health = scored({ arrCents: 0, liveLines: 0 });
    expect(health).toMatchObject({ score: null, band: 'unscored', reason: 'no live contract' });
  });

  test('one of which little is known is unscored, with the reasons', () => {
    const answerable = onlyFrom('contracts', 'usage_daily is not configured');
    expect(scored({}, { answerable })).toMatchObject({
      band: 'unscored',
      coverage: 0.05,
      reason: 'coverage 5 % is below 50 %: usage_daily is not configured',
    });
  });

  test.each([
    [0.05, 'green'],
    [0.0501, 'unscored'],
  ])('with 5 %% known and %d wanted it is %s', (minimum_coverage, band) => {
    const answerable = onlyFrom('contracts', 'not configured');
    const model = modelField.parse({ minimum_coverage });
    expect(scored({}, { model, answerable })).toMatchObject({ coverage: 0.05, band });
  });

  test('an unknown measure keeps its weight on the receipt and adds nothing', () => {
    expect(lineOf(scored({ csat180d: null }), 'csat')).toMatchObject({
      status: 'unknown',
      points: null,
      contribution: 0,
      weight: 2,
    });
  });

  test('the top driver is the known measure that costs most', () => {
    expect(scored({ activeUsersPeak28d: 0 }).topDriver).toEqual({ measure: 'seat_use', lost: 7 });
  });

  test('no wildcard: a measure of weight 0 leaves the receipt', () => {
    const support = { weight: 10, measures: { support_trend: { weight: 0 } } };
    const usage = { weight: 26, measures: { seat_use: { weight: 9 } } };
    const model = modelField.parse({ dimensions: { support, usage } });
    expect(lineOf(scored({}, { model }), 'support_trend')).toBeUndefined();
    expect(lineOf(scored({}, { model }), 'seat_use')?.weight).toBe(9);
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
    ['notice on all of it', notice, 39.9, -60.1, 'notice given on all ARR'],
    [
      'both: the lower cap counts',
      { ...notice, ...longCritical },
      39.9,
      -60.1,
      'notice given on all ARR',
    ],
    [
      'much use and no outcome, by the points on the receipt',
      { outcomeProgress: 0.25 },
      69.9,
      -21.6,
      'high use (100 of 100 points), outcomes at 25 % of target',
    ],
  ])('%s', (_, change, score, gateEffect, gateReason) => {
    expect(scored(change)).toMatchObject({ score, gateEffect, gateReason });
  });

  const noticeUnknown = 'notice_given: contracts is stale';
  const criticalUnknown = 'critical_ticket: support_tickets is stale';
  const either = `${noticeUnknown}; ${criticalUnknown}`;
  test.each([
    ['critical tickets', ['support_tickets'], 39.9, 'notice given on all ARR', criticalUnknown],
    ['notice', ['contracts'], 69.9, 'critical ticket open for 325 days', noticeUnknown],
    ['either', ['contracts', 'support_tickets'], 100, null, either],
  ])(
    'one that cannot be asked about %s stays open and is named',
    (_, stale, score, gateReason, gatesUnknown) => {
      const answerable = staleAre(stale);
      expect(scored({ ...notice, ...longCritical }, { answerable })).toMatchObject({
        score,
        gateEffect: roundTo(score - 100, 1),
        gateReason,
        gatesUnknown,
      });
    },
  );

  test('one that is switched off is not missed', () => {
    const model = modelField.parse({ gates: { critical_ticket_days: null } });
    const answerable = staleAre(['support_tickets']);
    expect(scored({}, { model, answerable }).gatesUnknown).toBeNull();
  });

  test.each<[string, Placement, score: number]>([
    ['counts where outcomes are expected', placed('enterprise'), 69.9],
    ['does not where they are not', placed('smb'), 100],
    ['nor in the first weeks', placed('enterprise', 'onboarding'), 100],
  ])('much use without a measured outcome %s', (_, placement, score) => {
    const unmeasured = { objectives: 0, objectivesMeasured: 0, outcomeProgress: null };
    expect(scored(unmeasured, { placement }).score).toBe(score);
  });

  test('a gate that takes nothing off is not blamed', () => {
    const health = scored({ ...longCritical, ...noUse, severeTicketsOpen: 3 });
    expect(health.score).toBeLessThan(69);
    expect(health).toMatchObject({ gateEffect: 0, gateReason: null });
  });
});

describe('the band an account had before', () => {
  /** 93 points: no seat is in use. */
  const ninetyThree = { activeUsersPeak28d: 0 };
  test.each<[string, green: number, before: Band | null, after: Band]>([
    ['is kept at the border less the hysteresis', 95, 'green', 'green'],
    ['is lost below it', 95.1, 'green', 'yellow'],
    ['is kept at the border and the hysteresis', 91, 'yellow', 'yellow'],
    ['is left behind above it', 90.9, 'yellow', 'green'],
    ['says nothing when there was none', 93, null, 'green'],
    ['says nothing when it was unscored', 93.1, 'unscored', 'yellow'],
  ])('%s', (_, green, before, after) => {
    const model = modelField.parse({ bands: { green } });
    expect(scored(ninetyThree, { model, before })).toMatchObject({
      score: 93,
      band: after,
      scoredBand: after,
    });
  });

  test.each<[string, object, score: number, before: Band, after: Band]>([
    ['green, though 69.9 would keep it', longCritical, 69.9, 'green', 'yellow'],
    ['yellow, though 39.9 would keep it', notice, 39.9, 'yellow', 'red'],
    ['two bands at once', notice, 39.9, 'green', 'red'],
  ])('does not outlast a closed gate: %s', (_, change, score, before, after) => {
    expect(scored(change, { before })).toMatchObject({ score, band: after, scoredBand: after });
  });

  test('a gate that takes the band and no points is named all the same', () => {
    const model = modelField.parse({ bands: { green: 95 } });
    const health = scored({ ...ninetyThree, ...longCritical }, { model, before: 'green' });
    expect(health).toMatchObject({
      score: 93,
      scoredBand: 'yellow',
      gateEffect: 0,
      gateReason: 'critical ticket open for 325 days',
    });
  });
});

describe('an override', () => {
  const override = (band: Band) => ({
    overrideBand: band,
    overrideOwnerEmail: 'l.fischer@harbourline.example',
    overrideReason: 'The new owner has asked for a review',
    overrideExpiresOn: toDay('2026-12-15'),
  });

  test.each<[string, object, Band, scoredBand: Band]>([
    ['worse than the score', {}, 'red', 'green'],
    ['better than the score', noUse, 'green', 'yellow'],
    ['better than a gate allows', notice, 'yellow', 'red'],
  ])('%s replaces the band and nothing else', (_, change, band, scoredBand) => {
    const plain = scored(change);
    expect(plain).toMatchObject({ band: scoredBand, scoredBand });
    expect(scored({ ...change, ...override(band) })).toEqual({ ...plain, band });
  });

  test('holds where too little is known for a score', () => {
    const answerable = onlyFrom('contracts', 'not configured');
    expect(scored(override('yellow'), { answerable })).toMatchObject({
      score: null,
      band: 'yellow',
      scoredBand: 'unscored',
    });
  });

  test('of an account without a live contract puts it nowhere', () => {
    const gone = { arrCents: 0, liveLines: 0 };
    expect(scored({ ...gone, ...override('green') })).toEqual(scored(gone));
    expect(scored(gone).band).toBe('unscored');
  });
});

const places: [segment: string, stage: Stage, Placement][] = allPlaces.map((placement) => [
  placement.segment.id,
  placement.stage,
  placement,
]);

describe('where an account is placed decides what it is asked', () => {
  test.each<[MeasureId, enterprise: (number | null)[], smb: (number | null)[]]>([
    // In the order of an account's life: onboarding, adopting, renewing.
    ['milestones_overdue', [10, 2, 1], [12.2, 2.1, 1.1]],
    ['sponsor_in_place', [7, 5, 8], [null, null, null]],
    ['usage_trend', [null, 9, 8], [null, 9.5, 8.9]],
    ['seat_use', [8, 7, 7], [14.6, 12.6, 13.3]],
    ['training_recent', [5, 1, null], [6.1, 1.1, null]],
  ])('%s', (id, enterprise, smb) => {
    const weights = (segment: string) =>
      stages.map((stage) => {
        const line = lineOf(scored({}, { placement: placed(segment, stage) }), id);
        return line === undefined ? null : roundTo(line.weight, 1);
      });
    expect({ enterprise: weights('enterprise'), smb: weights('smb') }).toEqual({ enterprise, smb });
  });

  test('the same milestone overdue costs a newcomer most, and says so', () => {
    const overdue = (stage: Stage) =>
      scored({ milestonesOverdue: 3 }, { placement: placed('enterprise', stage) });
    expect(overdue('onboarding')).toMatchObject({
      score: 90,
      topDriver: { measure: 'milestones_overdue', lost: 10 },
    });
    expect(overdue('adopting').score).toBe(98);
    expect(overdue('renewing').score).toBe(99);
  });

  test('a curve of its own: half of the seats are enough at first', () => {
    const half = (stage: Stage) =>
      scored({ activeUsersPeak28d: 50 }, { placement: placed('enterprise', stage) });
    expect(lineOf(half('onboarding'), 'seat_use')?.points).toBe(100);
    expect(lineOf(half('adopting'), 'seat_use')?.points).toBe(40);
  });

  test('a talk 40 days ago is late where one a month is meant', () => {
    const lastTouchOn = toDay('2026-10-13');
    const recency = (segment: string) =>
      lineOf(scored({ lastTouchOn }, { placement: placed(segment) }), 'contact_recency');
    expect(recency('enterprise')).toMatchObject({ rawValue: 1.3333, points: 80 });
    expect(recency('mid_market')).toMatchObject({ rawValue: 0.6667, points: 100 });
  });

  test.each(places)('the weights of %s, %s, are out of 100', (_, __, placement) => {
    const weights = scored({}, { placement }).lines.map(({ weight }) => weight);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    expect(Math.abs(sum - 100)).toBeLessThanOrEqual(0.001);
  });
});

/** Scores are exact in tenths; sums of binary fractions are not. */
const inTenths = (...parts: number[]) =>
  parts.reduce((sum, part) => sum + Math.round(part * 10), 0);

describe('for any account', () => {
  const score = scorer();
  const anyBefore = fc.constantFrom<Band | null>('green', 'yellow', 'red', 'unscored', null);

  test.each(places)(
    'of %s, %s, contributions and gate effect sum to the score exactly',
    (_, __, placement) => {
      fc.assert(
        fc.property(anyAccount, anyBefore, (account, before) => {
          const health = score(account, placement, before);
          if (health.score === null) {
            return health.lines.every(({ contribution }) => contribution === null);
          }
          const parts = [...health.lines.map((line) => line.contribution ?? 0), health.gateEffect];
          return inTenths(...parts) === inTenths(health.score);
        }),
      );
    },
  );

  test('score and every part stay in bounds, and the band is that of the score', () => {
    fc.assert(
      fc.property(anyAccount, fc.constantFrom(...allPlaces), (account, placement) => {
        const health = score(account, placement, null);
        expect(health.coverage).toBeGreaterThanOrEqual(0);
        expect(health.coverage).toBeLessThanOrEqual(1);
        expect(health.gateEffect).toBeLessThanOrEqual(0);
        for (const { points } of health.lines) {
          expect(points === null || (points >= 0 && points <= 100)).toBe(true);
        }
        expect(health.score ?? 0).toBeGreaterThanOrEqual(0);
        expect(health.score ?? 0).toBeLessThanOrEqual(100);
        const band = health.score === null ? 'unscored' : bandOf(health.score, defaultModel.bands);
        expect(health.scoredBand).toBe(band);
      }),
    );
  });
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
