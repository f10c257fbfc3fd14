import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../shared/config/schema.ts';
import { identityOf, type PastIdentity } from '../../../shared/renewals/identity.ts';
import {
  type Countdown,
  countdown,
  type Milestone,
  milestoneDaysOf,
} from '../../../shared/renewals/milestones.ts';
import { epoch } from '../../kit/contract-lines.ts';

const policy = configSchema.shape.renewals.parse(undefined).milestones;
const clock = epoch('2027-01-31');

const now = (asOf: string, change: Partial<Countdown> = {}): Countdown => ({
  asOf: epoch(asOf),
  ...{ clock, start: epoch('2026-01-31'), end: clock, state: 'open', past: [] },
  ...{ lastRun: epoch(asOf) - 1, isNew: false },
  ...change,
});

const told = (steps: readonly Milestone[]) => steps.map(({ days, state }) => `${days} ${state}`);
const on = (asOf: string, change: Partial<Countdown> = {}) =>
  told(countdown(now(asOf, change), policy, 'smb'));

describe('the countdown', () => {
  test.each([
    ['far off', '2026-09-01', {}, []],
    [
      'listed a fortnight before the first',
      '2026-09-19',
      {},
      ['120 ahead', '90 ahead', '60 ahead', '30 ahead'],
    ],
    ['on the day', '2026-10-03', {}, ['120 reached', '90 ahead', '60 ahead', '30 ahead']],
    ['a weekend later', '2026-10-05', {}, ['120 reached', '90 ahead', '60 ahead', '30 ahead']],
    [
      'after weeks without a run, the nearest fires',
      '2026-12-05',
      { lastRun: epoch('2026-10-01') },
      ['120 passed', '90 passed', '60 reached', '30 ahead'],
    ],
    [
      'the first run fires what is a week old',
      '2026-10-10',
      { lastRun: null },
      ['120 reached', '90 ahead', '60 ahead', '30 ahead'],
    ],
    [
      'and no older',
      '2026-10-11',
      { lastRun: null },
      ['120 passed', '90 ahead', '60 ahead', '30 ahead'],
    ],
    [
      'other milestone days than yesterday fire nothing of long ago',
      '2026-12-20',
      {},
      ['120 passed', '90 passed', '60 passed', '30 ahead'],
    ],
    [
      'a renewal that nobody has seen yet fires its nearest',
      '2026-12-20',
      { isNew: true },
      ['120 passed', '90 passed', '60 reached', '30 ahead'],
    ],
    [
      'not before the term began',
      '2026-11-10',
      { start: epoch('2026-11-05') },
      ['120 passed', '90 passed', '60 ahead', '30 ahead'],
    ],
    ['a month-to-month contract has none', '2027-01-25', { start: epoch('2026-12-31') }, []],
    ['renewed before anything was due', '2026-10-10', { state: 'renewed' }, []],
    [
      'after the end nothing fires',
      '2027-02-01',
      { state: 'late' },
      ['120 passed', '90 passed', '60 passed', '30 passed'],
    ],
  ] as const)('%s', (_, asOf, change, steps) => {
    expect(on(asOf, change)).toEqual(steps);
  });

  test('a segment may have days of its own', () => {
    const own = { ...policy, by_segment: { enterprise: [180, 90] } };
    expect(milestoneDaysOf(own, 'enterprise')).toEqual([180, 90]);
    expect(milestoneDaysOf(own, 'smb')).toEqual([120, 90, 60, 30]);
    expect(milestoneDaysOf(own, 'toString')).toEqual([120, 90, 60, 30]);
    expect(told(countdown(now('2026-08-04'), own, 'enterprise'))).toEqual([
      '180 reached',
      '90 ahead',
    ]);
  });

  test('what is decided withdraws what is ahead, and keeps what was reached', () => {
    const past = countdown(now('2026-10-03'), policy, 'smb');
    const after = on('2026-10-20', { state: 'renewed', past });
    expect(after).toEqual(['120 done', '90 withdrawn', '60 withdrawn', '30 withdrawn']);
  });

  test('a date that moves fires nothing twice, and what is left in its time', () => {
    const past = countdown(now('2026-10-03'), policy, 'smb');
    const later = { clock: epoch('2027-03-31'), end: epoch('2027-03-31'), past };
    expect(on('2026-10-04', later)).toEqual(['120 done', '90 ahead', '60 ahead', '30 ahead']);
    const second = countdown(now('2026-12-01', later), policy, 'smb');
    expect(told(second)).toEqual(['120 done', '90 ahead', '60 ahead', '30 ahead']);
    expect(on('2026-12-31', { ...later, past: second })).toEqual([
      '120 done',
      '90 reached',
      '60 ahead',
      '30 ahead',
    ]);
  });
});

describe('over any runs and any dates', () => {
  const aRun = fc.record({
    gap: fc.integer({ min: 1, max: 40 }),
    move: fc.integer({ min: -60, max: 60 }),
    state: fc.constantFrom('open', 'open', 'open', 'renewed', 'cancelled'),
  });

  test('a milestone fires once at most, and at most one in a run', () => {
    fc.assert(
      fc.property(fc.array(aRun, { minLength: 1, maxLength: 25 }), (runs) => {
        const fired = new Map<number, number>();
        let asOf = epoch('2026-08-01');
        let ends = clock;
        let past: Milestone[] = [];
        for (const [at, { gap, move, state }] of runs.entries()) {
          asOf += gap;
          if (at % 3 === 0) ends += move;
          const start = epoch('2026-01-31');
          const today = { asOf, clock: ends, start, end: ends, past, isNew: at % 3 === 0 };
          const lastRun = at === 0 ? null : asOf - gap;
          past = countdown({ ...today, lastRun, state: state as 'open' }, policy, 'smb');
          const reached = past.filter((step) => step.state === 'reached');
          expect(reached.length).toBeLessThanOrEqual(1);
          for (const { days } of reached) fired.set(days, (fired.get(days) ?? 0) + 1);
        }
        expect([...fired.values()].every((times) => times === 1)).toBe(true);
      }),
    );
  });

  test('run every day, every milestone of an open renewal fires on its day', () => {
    const firedOn = new Map<number, number>();
    let past: Milestone[] = [];
    for (let asOf = epoch('2026-08-01'); asOf < clock; asOf += 1) {
      const today = { asOf, clock, start: epoch('2026-01-31'), end: clock, past, isNew: false };
      past = countdown({ ...today, state: 'open', lastRun: asOf - 1 }, policy, 'smb');
      for (const { days, state } of past) if (state === 'reached') firedOn.set(days, clock - asOf);
    }
    expect([...firedOn]).toEqual([
      [120, 120],
      [90, 90],
      [60, 60],
      [30, 30],
    ]);
  });
});

describe('which renewal it is', () => {
  const asOf = epoch('2026-11-22');
  const ends = (day: string) => ({
    contractId: 'K-1',
    start: epoch('2026-01-31'),
    end: epoch(day),
  });
  const aYear = (from: string, to: string): PastIdentity => ({
    ...{ renewalId: `K-1@${to}`, start: epoch(from), end: epoch(to), firstEnd: epoch(to) },
    ...{ movedOn: null, movedFrom: null },
  });
  const current = aYear('2026-01-31', '2027-01-31');
  const past = { current, writtenOver: null };
  const over = { current: aYear('2027-01-31', '2028-01-31'), writtenOver: current };

  test.each([
    ['seen first', '2027-01-31', undefined, 'K-1@2027-01-31', null, '2026-01-31'],
    ['as before', '2027-01-31', past, 'K-1@2027-01-31', null, '2026-01-31'],
    ['moved a month', '2027-02-28', past, 'K-1@2027-01-31', '2027-01-31', '2026-01-31'],
    ['moved forward', '2026-12-31', past, 'K-1@2027-01-31', '2027-01-31', '2026-01-31'],
    ['moved by 179 days', '2027-07-29', past, 'K-1@2027-01-31', '2027-01-31', '2026-01-31'],
    ['another term, signed early', '2027-07-30', past, 'K-1@2027-07-30', null, '2027-01-31'],
    ['the next term, as before', '2028-01-31', over, 'K-1@2028-01-31', null, '2027-01-31'],
    ['a slip, taken back', '2027-01-31', over, 'K-1@2027-01-31', null, '2026-01-31'],
  ] as const)('%s', (_, end, before, renewalId, movedFrom, start) => {
    const found = identityOf(ends(end), before, asOf);
    expect(found).toMatchObject({ renewalId, start: epoch(start) });
    expect(found.movedFrom).toBe(movedFrom === null ? null : epoch(movedFrom));
    expect(found.movedOn).toBe(movedFrom === null ? null : asOf);
  });

  test('two weeks after the end are a date that moved, and no other term', () => {
    const ended = { current: aYear('2025-11-10', '2026-11-10'), writtenOver: null };
    expect(identityOf(ends('2026-11-24'), ended, asOf)).toMatchObject({ isAnotherTerm: false });
    const month = { current: aYear('2026-10-10', '2026-11-10'), writtenOver: null };
    expect(identityOf(ends('2026-12-10'), month, asOf)).toMatchObject({ isAnotherTerm: true });
  });

  test('that it has moved is remembered', () => {
    const moved = { ...identityOf(ends('2027-02-28'), past, asOf), end: epoch('2027-02-28') };
    const again = identityOf(ends('2027-02-28'), { current: moved, writtenOver: null }, asOf + 3);
    expect(again).toMatchObject({ movedOn: asOf });
  });
});
