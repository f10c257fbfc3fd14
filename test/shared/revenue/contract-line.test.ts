import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromEpoch } from '../../../shared/basics/day.ts';
import {
  annualOn,
  type ContractLine,
  isLiveOn,
  type LiveLine,
  liveLines,
} from '../../../shared/revenue/contract-line.ts';
import { aPolicy, epoch, line, type Switches } from '../../kit/contract-lines.ts';

const AS_OF = '2026-06-15';

const live = (lines: readonly ContractLine[], switches: Switches = {}): LiveLine[] =>
  liveLines(lines, aPolicy(switches), epoch(AS_OF));

/** `2025-01-01 2026-01-01`, with `pending` where it waits. */
const terms = (lines: readonly ContractLine[], switches: Switches = {}): string[] =>
  live(lines, switches).map(
    ({ start, ends, isPending }) =>
      `${dayFromEpoch(start)} ${dayFromEpoch(ends)}${isPending ? ' pending' : ''}`,
  );

const byNotice: Switches = { churn: { recognition: 'notice' } };
const grace = (grace_days: number): Switches => ({ churn: { grace_days } });

describe('the days on which a line brings revenue', () => {
  const cancelled = line('2025-01-01', '2027-01-01', {
    ...{ cancelledOn: '2026-03-01', cancelKnownOn: '2025-12-10' },
  });
  const renewedEarly = line('2025-01-01', '2026-01-01', { renewalStart: '2025-10-01' });
  const renewal = line('2025-10-01', '2026-10-01', { contractId: 'K-2', annual: 1500 });

  test.each<[string, ContractLine[], Switches, string[]]>([
    ['its term', [line('2025-01-01', '2027-01-01')], {}, ['2025-01-01 2027-01-01']],
    ['up to the effect of a cancellation', [cancelled], {}, ['2025-01-01 2026-03-01']],
    ['up to the notice of it', [cancelled], byNotice, ['2025-01-01 2025-12-10']],
    [
      'by notice where only the effect is known',
      [line('2025-01-01', '2027-01-01', { cancelledOn: '2026-03-01' })],
      byNotice,
      ['2025-01-01 2026-03-01'],
    ],
    [
      'a cancellation after the end ends nothing',
      [line('2025-01-01', '2026-01-01', { cancelledOn: '2026-02-01' })],
      {},
      ['2025-01-01 2026-01-01'],
    ],
    [
      'cancelled before it began: none',
      [line('2025-01-01', '2027-01-01', { cancelledOn: '2025-01-01' })],
      {},
      [],
    ],
    [
      'renewed early: up to the day on which the renewal begins',
      [renewedEarly, renewal],
      {},
      ['2025-01-01 2025-10-01', '2025-10-01 2026-10-01'],
    ],
    [
      'a renewal that begins no later than what it renews ends nothing',
      [line('2025-01-01', '2026-01-01', { renewalStart: '2025-01-01' })],
      {},
      ['2025-01-01 2026-01-01'],
    ],
    [
      'renewed early and cancelled earlier still: the earlier of the two',
      [{ ...renewedEarly, cancelledOn: epoch('2025-09-01') }, renewal],
      {},
      ['2025-01-01 2025-09-01', '2025-10-01 2026-10-01'],
    ],
    [
      'overlapping lines each count',
      [line('2025-01-01', '2027-01-01'), line('2025-06-01', '2026-12-01', { contractId: 'K-2' })],
      {},
      ['2025-01-01 2027-01-01', '2025-06-01 2026-12-01'],
    ],
    [
      'one added in between that ends with the other',
      [line('2025-01-01', '2027-01-01'), line('2026-03-15', '2027-01-01', { contractId: 'K-2' })],
      {},
      ['2025-01-01 2027-01-01', '2026-03-15 2027-01-01'],
    ],
    ['signed and not yet live', [line('2026-09-01', '2027-09-01')], {}, ['2026-09-01 2027-09-01']],
    ['free lines bring nothing', [line('2025-01-01', '2027-01-01', { annual: 0 })], {}, []],
    [
      'in order, whatever the order they come in',
      [line('2026-01-01', '2027-01-01'), line('2025-01-01', '2026-01-01', { contractId: 'K-2' })],
      {},
      ['2025-01-01 2026-01-01', '2026-01-01 2027-01-01'],
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(terms(lines, switches)).toEqual(expected);
  });
});

describe('a gap within the grace', () => {
  const before = line('2024-01-01', '2025-01-01');
  const after = line('2025-01-15', '2027-01-15', { contractId: 'K-2' });
  const linked = line('2024-01-01', '2025-01-01', { renewalStart: '2025-01-15' });
  const beside = line('2023-06-01', '2026-12-01', { contractId: 'K-3' });
  const [apart, closed] = [
    ['2024-01-01 2025-01-01', '2025-01-15 2027-01-15'],
    ['2024-01-01 2025-01-15', '2025-01-15 2027-01-15'],
  ];

  test.each<[string, ContractLine[], Switches, string[]]>([
    ['is open by default', [before, after], {}, apart],
    ['of one day more stays open', [before, after], grace(13), apart],
    ['of just so many days is closed', [before, after], grace(14), closed],
    ['of a renewal that is linked stays open as long', [linked, after], grace(13), apart],
    ['of a renewal that is linked is closed as early', [linked, after], grace(14), closed],
    [
      'is no gap of the customer while another line runs',
      [before, after, beside],
      grace(14),
      ['2023-06-01 2026-12-01', ...apart],
    ],
    [
      'of a linked renewal is closed even then: it is one contract',
      [linked, after, beside],
      grace(14),
      ['2023-06-01 2026-12-01', ...closed],
    ],
    [
      'after a cancellation is closed too',
      [{ ...before, cancelledOn: epoch('2025-01-01') }, after],
      grace(14),
      closed,
    ],
    [
      'is reckoned from the last of those that end, and closed for all who end on that day',
      [
        line('2024-01-01', '2024-12-20', { contractId: 'K-4' }),
        before,
        line('2024-03-01', '2025-01-01', { contractId: 'K-5' }),
        after,
      ],
      grace(20),
      [
        '2024-01-01 2024-12-20',
        '2024-01-01 2025-01-15',
        '2024-03-01 2025-01-15',
        '2025-01-15 2027-01-15',
      ],
    ],
    [
      'is not filled by a free line',
      [before, line('2024-12-01', '2025-06-01', { contractId: 'K-6', annual: 0 }), after],
      grace(14),
      closed,
    ],
    [
      'twice in a row',
      [before, line('2025-01-05', '2025-06-01'), line('2025-06-08', '2027-06-08')],
      grace(7),
      ['2024-01-01 2025-01-05', '2025-01-05 2025-06-08', '2025-06-08 2027-06-08'],
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(terms(lines, switches)).toEqual(expected);
  });

  test('whatever its length: the customer is live on each day of it, or on none', () => {
    const plan = fc.record({
      gap: fc.integer({ min: 1, max: 60 }),
      days: fc.nat(60),
      isLinked: fc.boolean(),
    });
    fc.assert(
      fc.property(plan, ({ gap, days, isLinked }) => {
        const first = line('2024-01-01', '2025-01-01');
        const start = first.end + gap;
        const renewalStart = isLinked ? start : null;
        const second = { ...first, contractId: 'K-2', start, end: start + 900 };
        const lines = live([{ ...first, renewalStart }, second], grace(days));
        for (let day = first.end; day < start; day += 1) {
          expect(lines.some((one) => isLiveOn(one, day))).toBe(gap <= days);
        }
        expect(lines.filter((one) => isLiveOn(one, start))).toHaveLength(1);
      }),
    );
  });
});

describe('a late renewal', () => {
  const ended = (end: string, change = {}) => line('2025-01-01', end, change);
  const late = (late_grace_days: number): Switches => ({ renewal: { late_grace_days } });
  const held = ['2025-01-01 2026-06-16 pending'];

  test.each<[string, ContractLine[], Switches, string[]]>([
    ['ended today: pending', [ended('2026-06-15')], {}, held],
    ['ended 29 days ago: pending', [ended('2026-05-17')], {}, held],
    ['ended 30 days ago: churn', [ended('2026-05-16')], {}, ['2025-01-01 2026-05-16']],
    ['ends tomorrow: live', [ended('2026-06-16')], {}, ['2025-01-01 2026-06-16']],
    ['ended 10 days ago, held for 10', [ended('2026-06-05')], late(10), ['2025-01-01 2026-06-05']],
    ['ended 10 days ago, held for 11', [ended('2026-06-05')], late(11), held],
    ['ended today, held for none', [ended('2026-06-15')], late(0), ['2025-01-01 2026-06-15']],
    [
      'who gave notice is not waited for',
      [ended('2026-06-05', { cancelledOn: '2026-06-05', cancelKnownOn: '2026-03-01' })],
      {},
      ['2025-01-01 2026-06-05'],
    ],
    [
      'nor one who goes on with less: that is a contraction',
      [ended('2026-06-05'), line('2026-01-01', '2027-01-01', { contractId: 'K-2' })],
      {},
      ['2025-01-01 2026-06-05', '2026-01-01 2027-01-01'],
    ],
    [
      'nor one who signed again, for later',
      [ended('2026-06-05'), line('2026-07-01', '2027-07-01', { contractId: 'K-2' })],
      {},
      ['2025-01-01 2026-06-05', '2026-07-01 2027-07-01'],
    ],
    [
      'one who goes on with a free line alone is',
      [ended('2026-06-05'), line('2026-06-05', '2027-06-05', { contractId: 'K-2', annual: 0 })],
      {},
      held,
    ],
    [
      'nor a contract whose renewal is in other hands',
      [ended('2026-06-05', { renewalStart: '2026-06-05' })],
      {},
      ['2025-01-01 2026-06-05'],
    ],
    [
      'of two that end on one day only the one without notice is held',
      [ended('2026-06-05', { cancelledOn: '2026-06-05' }), ended('2026-06-05')],
      {},
      ['2025-01-01 2026-06-05', ...held],
    ],
    [
      'each of several that ended within the grace is held',
      [ended('2026-06-01'), ended('2026-06-05', { contractId: 'K-2' })],
      {},
      [...held, ...held],
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(terms(lines, switches)).toEqual(expected);
  });
});

describe('contractual uplift', () => {
  const raises = (start: string, end: string, growth = 1.1) =>
    live([line(start, end, { growth })])[0]?.raises.map(dayFromEpoch);

  test.each<[string, string, string, string[]]>([
    ['none within a year', '2025-01-01', '2026-01-01', []],
    ['none within a leap year', '2024-01-01', '2025-01-01', []],
    ['at each anniversary', '2024-05-10', '2027-05-10', ['2025-05-10', '2026-05-10']],
    ['one day beyond a year', '2025-05-10', '2026-05-11', ['2026-05-10']],
    [
      'from 29 February on 1 March, and on its day in the next leap year',
      '2024-02-29',
      '2029-02-28',
      ['2025-03-01', '2026-03-01', '2027-03-01', '2028-02-29'],
    ],
  ])('%s', (_, start, end, expected) => {
    expect(raises(start, end)).toEqual(expected);
  });

  test('is none where none is agreed', () => {
    expect(raises('2024-05-10', '2027-05-10', 1)).toEqual([]);
  });

  test('raises the value on the day of the anniversary, and each raise the one before', () => {
    const [three] = live([line('2024-05-10', '2027-05-10', { annual: 1000, growth: 1.1 })]);
    const valueOn = (day: string) => annualOn(three as LiveLine, epoch(day));
    expect(valueOn('2025-05-09')).toBe(1000);
    expect(valueOn('2025-05-10')).toBe(1100);
    expect(valueOn('2027-05-09')).toBeCloseTo(1210, 9);
  });
});

test('live lines: each within its term or a closed gap, and never of no day or no value', () => {
  const anyLine = fc
    .record({
      start: fc.integer({ min: 19_000, max: 20_700 }),
      days: fc.integer({ min: 1, max: 900 }),
      annual: fc.constantFrom(0, 600, 1200.55),
      cancelAfter: fc.option(fc.integer({ min: -10, max: 900 })),
      knownBefore: fc.option(fc.nat(200)),
      renewsAfter: fc.option(fc.integer({ min: -10, max: 940 })),
    })
    .map(({ start, days, annual, cancelAfter, knownBefore, renewsAfter }): ContractLine => {
      const cancelledOn = cancelAfter === null ? null : start + cancelAfter;
      return {
        ...line('2025-01-01', '2026-01-01', { annual }),
        ...{ start, end: start + days, cancelledOn },
        cancelKnownOn:
          cancelledOn === null || knownBefore === null ? null : cancelledOn - knownBefore,
        renewalStart: renewsAfter === null ? null : start + renewsAfter,
      };
    });
  const anySwitches = fc.record({
    graceDays: fc.constantFrom(0, 5, 45),
    lateDays: fc.constantFrom(0, 30),
    recognition: fc.constantFrom('effective' as const, 'notice' as const),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 6 }), anySwitches, (lines, switches) => {
      const { graceDays, lateDays, recognition } = switches;
      const found = live(lines, {
        churn: { grace_days: graceDays, recognition },
        renewal: { late_grace_days: lateDays },
      });
      expect(found.length).toBeLessThanOrEqual(lines.length);
      for (const { start, end, ends, annual, isPending, cancelledOn } of found) {
        expect(ends).toBeGreaterThan(start);
        expect(annual).toBeGreaterThan(0);
        if (isPending) expect([ends, cancelledOn]).toEqual([epoch(AS_OF) + 1, null]);
        else expect(ends).toBeLessThanOrEqual(end + 2 * graceDays);
      }
    }),
  );
});
