import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockDay, decisionDay, standingOf } from '../../../shared/renewals/clock.ts';
import { successions } from '../../../shared/renewals/succession.ts';
import { epoch } from '../../kit/contract-lines.ts';
import { type RenewalChange, renewalLine } from '../../kit/renewal-lines.ts';

const asOf = epoch('2026-11-22');
const policy = { infer: true, infer_within_days: 45 };
const worthOf = () => ({ due: 120_000, first: 120_000 });

/** How the first of some lines stands on the day, in grace of 30 days. */
const standing = (...lines: ReturnType<typeof renewalLine>[]) => {
  const [first] = lines as [ReturnType<typeof renewalLine>];
  const next = successions(lines, worthOf, policy).get(first.contractId);
  return standingOf(first, next, { asOf, lateGraceDays: 30 });
};

const successor = (start: string, end: string, change: RenewalChange = {}) =>
  renewalLine(start, end, { contractId: 'K-2', ...change });

describe('the day it is decided', () => {
  test.each([
    ['without notice, the term end', {}, '2027-01-01'],
    ['by itself with 60 days', { autoRenew: true, noticeDays: 60 }, '2026-11-02'],
    ['notice that counts for nothing', { autoRenew: false, noticeDays: 60 }, '2027-01-01'],
    ['by itself, of unknown notice', { autoRenew: true }, '2027-01-01'],
    ['negative notice', { autoRenew: true, noticeDays: -5 }, '2027-01-01'],
    ['notice of more than ten years', { autoRenew: true, noticeDays: 99_999 }, '2027-01-01'],
    ['notice longer than the term', { autoRenew: true, noticeDays: 700 }, '2026-01-01'],
  ])('%s', (_, change, day) => {
    expect(decisionDay(renewalLine('2026-01-01', '2027-01-01', change))).toBe(epoch(day));
  });

  test('the clock may run to the term end instead', () => {
    const line = renewalLine('2026-01-01', '2027-01-01', { autoRenew: true, noticeDays: 60 });
    expect(clockDay(line, { clock: 'term_end' })).toBe(epoch('2027-01-01'));
    expect(clockDay(line, { clock: 'decision' })).toBe(epoch('2026-11-02'));
  });

  test('lies within the term, whatever the notice', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (noticeDays, autoRenew) => {
        const line = renewalLine('2026-01-01', '2027-01-01', { autoRenew, noticeDays });
        expect(decisionDay(line)).toBeGreaterThanOrEqual(line.start);
        expect(decisionDay(line)).toBeLessThanOrEqual(line.end);
      }),
    );
  });
});

describe('every way a term can end has a name', () => {
  const ahead = renewalLine('2026-02-01', '2027-02-01');
  const ended = (end: string, change: RenewalChange = {}) => renewalLine('2025-11-01', end, change);

  test.each([
    ['ahead', [ahead], 'open', 'ahead'],
    [
      'auto-renewing, the notice date gone',
      [renewalLine('2026-01-01', '2027-01-01', { autoRenew: true, noticeDays: 60 })],
      'open',
      'auto_renewing',
    ],
    ['late, within the grace', [ended('2026-11-01')], 'late', null],
    ['lapsed, the grace over', [ended('2026-10-23')], 'lapsed', null],
    [
      'cancelled',
      [
        renewalLine('2026-02-01', '2027-02-01', {
          cancelledOn: '2027-02-01',
          cancelKnownOn: '2026-10-05',
        }),
      ],
      'cancelled',
      null,
    ],
    [
      'renewed on time',
      [ended('2026-11-01'), successor('2026-11-01', '2027-11-01', { signedOn: '2026-10-10' })],
      'renewed',
      'on_time',
    ],
    [
      'renewed early',
      [ahead, successor('2027-01-20', '2028-02-01', { signedOn: '2026-11-10' })],
      'renewed',
      'early',
    ],
    [
      'renewed late',
      [ended('2026-10-01'), successor('2026-10-20', '2027-10-01')],
      'renewed',
      'late',
    ],
    [
      'signed after the end',
      [ended('2026-11-01'), successor('2026-11-01', '2027-11-01', { signedOn: '2026-11-09' })],
      'renewed',
      'late',
    ],
    [
      'renewed by itself',
      [
        ended('2026-11-01', { autoRenew: true, noticeDays: 30 }),
        successor('2026-11-01', '2027-11-01'),
      ],
      'renewed',
      'auto',
    ],
    [
      'signed before the notice date, though it would have renewed by itself',
      [
        ended('2026-11-01', { autoRenew: true, noticeDays: 30 }),
        successor('2026-11-01', '2027-11-01', { signedOn: '2026-09-01' }),
      ],
      'renewed',
      'on_time',
    ],
    [
      'amended: replaced with the same end',
      [
        renewalLine('2026-02-01', '2027-02-01', { renewedBy: 'K-2' }),
        successor('2026-08-01', '2027-02-01'),
      ],
      'amended',
      null,
    ],
    [
      'cancelled, and signed again by name',
      [
        ended('2026-11-01', { cancelledOn: '2026-11-01', renewedBy: 'K-2' }),
        successor('2026-11-01', '2027-11-01', { signedOn: '2026-10-10' }),
      ],
      'renewed',
      'on_time',
    ],
  ] as const)('%s', (_, lines, state, how) => {
    expect(standing(...lines)).toMatchObject({ state, how });
  });

  test('a multi-year term is not up for renewal within it', () => {
    const { state, says } = standing(renewalLine('2025-01-01', '2028-01-01'));
    expect(state).toBe('open');
    expect(says).toBe('ends 2028-01-01, after 3 years; 405 days left to decide');
  });

  test('co-termed lines are told of each other', () => {
    const lines = [
      ended('2026-11-01', { contractId: 'K-1', renewedBy: 'K-9' }),
      ended('2026-11-01', { contractId: 'K-3', renewedBy: 'K-9', product: 'Add-on' }),
      successor('2026-11-01', '2027-11-01', { contractId: 'K-9', signedOn: '2026-10-01' }),
    ];
    expect(standing(...lines).says).toBe('renewed on 2026-11-01 by K-9, together with 1 more');
  });

  test('on the last day of the grace it is late, and lapsed the day after', () => {
    expect(standing(ended('2026-10-24')).state).toBe('late');
    expect(standing(ended('2026-10-23')).state).toBe('lapsed');
  });

  test('what is decided has a day, and what is not has none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.boolean(),
        fc.option(fc.integer({ min: -100, max: 100 })),
        (offset, autoRenew, next) => {
          const end = asOf + offset;
          const line = { ...renewalLine('2020-01-01', '2030-01-01', { autoRenew }), end };
          const after = {
            ...successor('2020-01-01', '2030-01-01'),
            start: end + (next ?? 0),
            end: end + 365,
          };
          const found = standing(line, ...(next === null ? [] : [after]));
          const isOpen = found.state === 'open' || found.state === 'late';
          expect(found.decidedOn === null).toBe(isOpen);
          if (found.state === 'open') expect(end).toBeGreaterThan(asOf);
          if (found.state === 'late' || found.state === 'lapsed')
            expect(end).toBeLessThanOrEqual(asOf);
        },
      ),
    );
  });
});
