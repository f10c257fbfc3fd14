import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { type Case, judgeCases } from './judge-cases.ts';

const quietWeeks = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`sessionsWeek${index + 1}`, 0]),
);
const monthOld = { customerSince: toDay('2026-10-22') };

const fiveWeeks = toDay('2026-10-18');
const eightWeeks = toDay('2026-09-27');

const trends: Case[] = [
  [
    'usage_trend',
    'a feed of five weeks has no usual week',
    {},
    unknown('usage_daily goes back 35 days; the trend needs 56'),
    fiveWeeks,
  ],
  [
    'usage_trend',
    'weeks before the feed are not silence',
    { sessionsWeek9: 0, sessionsWeek10: 0, sessionsWeek11: 0, sessionsWeek12: 0 },
    observed(1.2, '600 sessions a week against 500 usual'),
    eightWeeks,
  ],
  [
    'usage_trend',
    'newer than the feed',
    monthOld,
    unknown('customer for 31 days; the trend needs 56'),
    fiveWeeks,
  ],
  [
    'user_trend',
    'a feed of five weeks has no usual day',
    {},
    unknown('usage_daily goes back 35 days; the trend needs 56'),
    fiveWeeks,
  ],
  [
    'user_trend',
    'days before the feed are not silence',
    { userDays28d: 280, userDaysPrior56d: 280 },
    observed(1, '10.0 users a day against 10.0 before'),
    eightWeeks,
  ],
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
    monthOld,
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
  [
    'usage_trend',
    'not recorded is not silence',
    { ...quietWeeks, sessionsKnown28d: 0 },
    unknown('no sessions recorded on days that are'),
  ],
  ['user_trend', 'up', {}, observed(16 / 13, '80.0 users a day against 65.0 before')],
  [
    'user_trend',
    'silent is zero',
    { userDays28d: 0, activeUsersPeak28d: null, usageRows28d: 0 },
    observed(0, 'nobody active in 28 days'),
  ],
  [
    'user_trend',
    'not recorded is not silence',
    { userDays28d: 0, activeUsersPeak28d: null },
    unknown('no active users recorded on days that are'),
  ],
  [
    'user_trend',
    'people after none',
    { userDaysPrior56d: 0 },
    observed(1, '80.0 users a day after weeks without any'),
  ],
  [
    'user_trend',
    'days before the first contract are not silence',
    { customerSince: toDay('2026-09-27'), userDays28d: 280, userDaysPrior56d: 280 },
    observed(1, '10.0 users a day against 10.0 before'),
  ],
  ['user_trend', 'too new', monthOld, unknown('customer for 31 days; the trend needs 56')],
];

const levels: Case[] = [
  ['active_days', 'counted', { activeDays28d: 9 }, observed(9, 'used on 9 of 28 days')],
  [
    'active_days',
    'of a newcomer, as part of the days they had',
    { activeDays28d: 6, customerSince: toDay('2026-11-10') },
    observed(14, 'used on 6 of 12 days'),
  ],
  [
    'active_days',
    'a trial is no extra credit',
    { customerSince: toDay('2026-11-12') },
    observed(28, 'used on 10 of 10 days'),
  ],
  [
    'active_days',
    'too new for a habit',
    { customerSince: toDay('2026-11-16') },
    unknown('customer for 6 days; a habit needs 7'),
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
];

judgeCases('usage', [...trends, ...levels]);
