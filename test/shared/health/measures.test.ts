import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import {
  defaultDimensions,
  type Knot,
  type MeasureId,
} from '../../../shared/config/default-model.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import { observed, unknown, type Verdict } from '../../../shared/health/measure.ts';
import { measures } from '../../../shared/health/measures/index.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';

type Case = [MeasureId, string, Partial<AccountRow>, Verdict];

const quietWeeks = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`sessionsWeek${index + 1}`, 0]),
);

const cases: Case[] = [
  ['usage_trend', 'up on its own past', {}, observed(1.2, '600 sessions a week against 500 usual')],
  [
    'usage_trend',
    'zero weeks count among the usual ones',
    { sessionsWeek5: 0, sessionsWeek6: 0, sessionsWeek7: 0, sessionsWeek8: 0, sessionsWeek9: 0 },
    observed(1, '600 sessions a week after weeks without any'),
  ],
  ['usage_trend', 'silent is zero, not unknown', quietWeeks, observed(0, 'no sessions in 28 days')],
  [
    'usage_trend',
    'too new to have a usual week',
    { customerSince: toDay('2026-10-22') },
    unknown('customer for 31 days; the trend needs 56'),
  ],
  [
    'usage_trend',
    'weeks before the first contract are not silence',
    { customerSince: toDay('2026-09-20'), sessionsWeek10: 0, sessionsWeek11: 0, sessionsWeek12: 0 },
    observed(1.2, '600 sessions a week against 500 usual'),
  ],
  [
    'usage_trend',
    'never a customer',
    { customerSince: null },
    unknown('customer for 0 days; the trend needs 56'),
  ],
  ['active_days', 'counted', { activeDays28d: 9 }, observed(9, 'used on 9 of 28 days')],
  [
    'seat_use',
    'half way',
    { seatsPaid: 10, activeUsersPeak28d: 5 },
    observed(0.5, '5 of 10 seats active on the best of 28 days'),
  ],
  [
    'seat_use',
    'guests are no extra credit',
    { seatsPaid: 10, activeUsersPeak28d: 15 },
    observed(1, '15 of 10 seats active on the best of 28 days'),
  ],
  [
    'seat_use',
    'entitlement where the contract has no seats',
    { seatsPaid: null, entitledSeats: 20, activeUsersPeak28d: 5 },
    observed(0.25, '5 of 20 seats active on the best of 28 days'),
  ],
  [
    'seat_use',
    'never had is unknown',
    { seatsPaid: null, entitledSeats: null },
    unknown('no paid seats'),
  ],
  ['seat_use', 'zero seats is unknown', { seatsPaid: 0 }, unknown('no paid seats')],
  [
    'feature_depth',
    'averaged',
    { featuresPerActiveDay28d: 3.25 },
    observed(3.25, '3.3 features on a day of use'),
  ],
  [
    'feature_depth',
    'silent is zero',
    { featuresPerActiveDay28d: null, usageRows28d: 0, featuresKnown28d: 0 },
    observed(0, 'no feature used in 28 days'),
  ],
  ['severe_tickets', 'none', {}, observed(0, 'no critical or high ticket open')],
  [
    'severe_tickets',
    'one',
    { severeTicketsOpen: 1 },
    observed(1, '1 critical or high ticket open'),
  ],
  [
    'support_trend',
    'a first ticket is no landslide',
    { ticketsOpened28d: 1, ticketsOpenedPrior84d: 0 },
    observed(2, '1 ticket in 28 days against 0.0 usual'),
  ],
  [
    'support_trend',
    'as usual',
    { ticketsOpened28d: 2, ticketsOpenedPrior84d: 6 },
    observed(1, '2 tickets in 28 days against 2.0 usual'),
  ],
  [
    'first_response',
    'some late',
    { responsesDue90d: 4, responsesMet90d: 3 },
    observed(0.75, '3 of 4 first responses in time in 90 days'),
  ],
  [
    'first_response',
    'nothing due',
    { responsesDue90d: 0 },
    unknown('no ticket with a response due in 90 days'),
  ],
  [
    'ticket_csat',
    'rated',
    { ticketCsat90d: 3.5, ticketCsatCount90d: 2 },
    observed(3.5, '3.5 of 5 over 2 rated tickets in 90 days'),
  ],
  ['ticket_csat', 'not rated', { ticketCsat90d: null }, unknown('no rated ticket in 90 days')],
  [
    'nps',
    'promoters less detractors',
    { npsResponses180d: 4, npsPromoters180d: 1, npsDetractors180d: 2 },
    observed(-25, 'NPS -25 over 4 responses in 180 days'),
  ],
  ['nps', 'nobody answered', { npsResponses180d: 0 }, unknown('no NPS response in 180 days')],
  [
    'csat',
    'rated',
    { csat180d: 4, csatCount180d: 1 },
    observed(4, '4.0 of 5 over 1 response in 180 days'),
  ],
  ['csat', 'nobody answered', { csat180d: null }, unknown('no CSAT response in 180 days')],
  [
    'open_detractors',
    'one open',
    { npsDetractors180d: 2, npsDetractorsOpen: 1 },
    observed(1, '1 of 2 detractors not yet answered'),
  ],
  ['open_detractors', 'none ever', {}, observed(0, 'no detractor in 180 days')],
  [
    'open_detractors',
    'nobody answered',
    { npsResponses180d: 0 },
    unknown('no NPS response in 180 days'),
  ],
  ['arr_trend', 'shrunk', { arrCents: 15_000_000 }, observed(0.75, 'ARR is 75 % of a year ago')],
  ['arr_trend', 'new this year', { arrYearAgoCents: 0 }, unknown('no contract a year ago')],
  ['discount_depth', 'deep', { deepestDiscountPct: 35 }, observed(35, 'deepest discount 35 %')],
  [
    'discount_depth',
    'not recorded',
    { deepestDiscountPct: null },
    unknown('no discount recorded on a live contract'),
  ],
];

cases.push(
  [
    'usage_trend',
    'not recorded is not silence',
    { ...quietWeeks, sessionsKnown84d: 0 },
    unknown('no sessions recorded on days that are'),
  ],
  [
    'active_days',
    'not recorded is not silence',
    { activeDays28d: 0, sessionsKnown28d: 0 },
    unknown('no sessions recorded on days that are'),
  ],
  [
    'active_days',
    'silent is zero',
    { activeDays28d: 0, usageRows28d: 0, sessionsKnown28d: 0 },
    observed(0, 'used on 0 of 28 days'),
  ],
  [
    'seat_use',
    'not recorded is not silence',
    { activeUsersPeak28d: null },
    unknown('no active users recorded on days that are'),
  ],
  [
    'seat_use',
    'silent is zero',
    { activeUsersPeak28d: null, usageRows28d: 0 },
    observed(0, '0 of 100 seats active on the best of 28 days'),
  ],
  [
    'feature_depth',
    'not recorded is not silence',
    { featuresPerActiveDay28d: null, featuresKnown28d: 0 },
    unknown('no features recorded on days that are'),
  ],
  [
    'severe_tickets',
    'an open ticket of unknown severity',
    { unratedTicketsOpen: 1 },
    unknown('1 open ticket without a severity'),
  ],
  [
    'severe_tickets',
    'severe ones count all the same',
    { severeTicketsOpen: 2, unratedTicketsOpen: 1 },
    observed(2, '2 critical or high tickets open'),
  ],
  [
    'support_trend',
    'too new to have a usual month',
    { customerSince: toDay('2026-10-22') },
    unknown('customer for 31 days; the trend needs 112'),
  ],
);

const curves = new Map<string, readonly Knot[]>(
  Object.values(defaultDimensions).flatMap(({ measures: weighed }) =>
    Object.entries(weighed).map(([id, { curve }]) => [id, curve as readonly Knot[]] as const),
  ),
);

describe('measures', () => {
  test.each(cases)('%s: %s', (id, _, change, verdict) => {
    expect(measures[id].judge({ ...healthyAccount, ...change })).toEqual(verdict);
  });

  test('each measure has a case for what it observes', () => {
    const tried = new Set(
      cases.filter(([, , , { status }]) => status === 'observed').map(([id]) => id),
    );
    expect(Object.keys(measures).filter((id) => !tried.has(id as MeasureId))).toEqual([]);
  });

  test.each(Object.values(measures).map((measure) => [measure.id, measure] as const))(
    '%s gives a healthy account full points',
    (id, measure) => {
      const verdict = measure.judge(healthyAccount);
      const value = verdict.status === 'observed' ? verdict.value : Number.NaN;
      expect(pointsOnCurve(curves.get(id) ?? [], value)).toBe(100);
    },
  );
});

/** For each measure: a change for the better, as a field with the direction that is good. */
const better: [MeasureId, keyof AccountRow, 'more' | 'less'][] = [
  ['usage_trend', 'sessionsWeek1', 'more'],
  ['active_days', 'activeDays28d', 'more'],
  ['seat_use', 'activeUsersPeak28d', 'more'],
  ['feature_depth', 'featuresPerActiveDay28d', 'more'],
  ['severe_tickets', 'severeTicketsOpen', 'less'],
  ['support_trend', 'ticketsOpened28d', 'less'],
  ['first_response', 'responsesMet90d', 'more'],
  ['ticket_csat', 'ticketCsat90d', 'more'],
  ['nps', 'npsPromoters180d', 'more'],
  ['csat', 'csat180d', 'more'],
  ['open_detractors', 'npsDetractorsOpen', 'less'],
  ['arr_trend', 'arrCents', 'more'],
  ['discount_depth', 'deepestDiscountPct', 'less'],
];

test('every measure has a better direction', () => {
  expect(better.map(([id]) => id).sort()).toEqual(Object.keys(measures).sort());
});

test.each(better)('%s never loses points when %s gets better (%s)', (id, field, good) => {
  const pointsAt = (value: number) => {
    const verdict = measures[id].judge({ ...healthyAccount, npsDetractors180d: 9, [field]: value });
    return verdict.status === 'observed'
      ? pointsOnCurve(curves.get(id) ?? [], verdict.value)
      : null;
  };
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (one, other) => {
      const [low, high] =
        one <= other ? [pointsAt(one), pointsAt(other)] : [pointsAt(other), pointsAt(one)];
      if (low === null || high === null) return true;
      return good === 'more' ? low <= high : low >= high;
    }),
  );
});
