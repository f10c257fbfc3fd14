import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayFromEpoch,
  dayInZone,
  daysBetween,
  dayToEpoch,
  isDay,
  isTimeZone,
  mondayOf,
  startOfDay,
  toDay,
} from '../../../shared/basics/day.ts';
import { canonicalJson } from '../../../shared/basics/digest.ts';
import { formatMoney } from '../../../shared/basics/money.ts';
import { distribute, median, roundTo, shareOf } from '../../../shared/basics/ratio.ts';
import { plainText, plural } from '../../../shared/basics/text.ts';

describe('days', () => {
  test.each(['2026-02-30', '2026-2-3', '2026-13-01', '', '2026-01-01T00:00:00Z', 'today'])(
    '"%s" is not a day',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => toDay(text)).toThrow(/YYYY-MM-DD/);
    },
  );

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-29', -1, '2026-03-28'],
  ])('%s and %d days is %s', (day, days, expected) => {
    expect(addDays(toDay(day), days)).toBe(expected);
  });

  test('the Monday of a week is one, and no more than six days before', () => {
    expect(mondayOf(toDay('2026-11-22'))).toBe('2026-11-16');
    const anyDay = fc.integer({ min: -100_000, max: 100_000 }).map(dayFromEpoch);
    fc.assert(
      fc.property(anyDay, (day) => {
        const monday = mondayOf(day);
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect([0, 1, 2, 3, 4, 5, 6]).toContain(daysBetween(monday, day));
      }),
    );
  });

  test.each([
    ['2026-11-21T23:30:00Z', 'Asia/Tokyo', '2026-11-22'],
    ['2026-11-22T04:59:00Z', 'America/New_York', '2026-11-21'],
    ['2026-03-29T00:59:59Z', 'Europe/London', '2026-03-29'],
  ])('at %s it is in %s the %s', (instant, zone, day) => {
    expect(dayInZone(new Date(instant), zone)).toBe(day);
  });

  test('adding days and counting them agree, over leap years and centuries', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 60_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (epoch, days) => {
          const day = dayFromEpoch(epoch);
          expect(daysBetween(day, addDays(day, days))).toBe(days);
          expect(dayToEpoch(day)).toBe(epoch);
        },
      ),
    );
  });

  test.each([
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z'],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z'],
    // The days on which clocks change, and the day after: summer time begins within the day.
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z'],
    ['2026-03-30', 'Europe/London', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z'],
    ['2026-10-26', 'Europe/London', '2026-10-26T00:00:00.000Z'],
    // Midnight itself is left out here, and the day begins at one o'clock.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // The furthest ahead and the furthest behind.
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['2026-01-01', 'Etc/GMT+12', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, instant) => {
    expect(startOfDay(toDay(day), zone).toISOString()).toBe(instant);
  });

  test('a day begins where the day before it ends, in every zone', () => {
    const zones = ['Europe/London', 'America/New_York', 'Africa/Cairo', 'Asia/Beirut'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, 'Australia/Lord_Howe', 'America/Santiago'),
        fc.integer({ min: 18_262, max: 22_000 }),
        (zone, epoch) => {
          const day = dayFromEpoch(epoch);
          const start = startOfDay(day, zone);
          expect(dayInZone(start, zone)).toBe(day);
          expect(dayInZone(new Date(start.getTime() - 1), zone)).toBe(addDays(day, -1));
        },
      ),
    );
  });

  test('a time zone is one that IANA knows', () => {
    expect([isTimeZone('Europe/London'), isTimeZone('Mars/Base')]).toEqual([true, false]);
  });
});

describe('ratios', () => {
  test.each([
    [1.005, 2, 1.01],
    [-0.05, 1, -0.1],
    [0.05, 1, 0.1],
    [69.949999, 1, 69.9],
    [-0.0001, 1, 0],
  ])('%d to %d decimals is %d', (value, decimals, rounded) => {
    expect(roundTo(value, decimals)).toBe(rounded);
  });

  test('a share of nothing is null', () => {
    expect([shareOf(0, 0), shareOf(1, 4)]).toEqual([null, 0.25]);
  });

  test('distributing loses nothing and moves no part by one or more', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(shares, (exact) => {
        const total = Math.round(exact.reduce((sum, share) => sum + share, 0));
        const parts = distribute(total, exact);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part - (exact[index] as number))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test.each([
    [[], null],
    [[3], 3],
    [[3, 1], 2],
    [[5, 1, 3], 3],
    [[9, 10, 8, 10, 0, 10], 9.5],
  ])('the median of %j is %j', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});

test.each([
  [124_000_000, 'USD', '$1.24M'],
  [86_000_00, 'GBP', '£86K'],
  [0, 'EUR', '€0'],
])('%d cents of %s read as %s', (cents, currency, text) => {
  expect(formatMoney(cents, currency)).toBe(text);
});

test.each([
  ['two\nlines\u0000', 'twolines'],
  ['\u202eright\u202c to left\u200f', 'right to left'],
  ['x'.repeat(100), `${'x'.repeat(79)}…`],
  ['🦭'.repeat(3), '🦭🦭🦭'],
])('%j is shown as %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('counts read as people write them', () => {
  expect([plural(1, 'row'), plural(1200, 'row'), plural(2, 'reply', 'replies')]).toEqual([
    '1 row',
    '1,200 rows',
    '2 replies',
  ]);
});

test('equal values have equal bytes, whatever the order of their keys', () => {
  expect(canonicalJson({ b: 1, a: { d: undefined, c: [2] } })).toBe(
    canonicalJson({ a: { c: [2] }, b: 1 }),
  );
});
