import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { modelField } from '../../../shared/config/model.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import type { Cap, GateContext } from '../../../shared/health/gate.ts';
import { gates } from '../../../shared/health/gates/index.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { anyAccount, anyDay } from './measures/any-account.ts';

const policy = modelField.parse({}).gates;
const wellUsed: GateContext = {
  policy,
  pointsOf: () => 100,
  expectsOutcomes: true,
  stage: 'adopting',
};

const judge = (
  id: string,
  change: Partial<AccountRow>,
  context: Partial<GateContext> = {},
): Cap | null => {
  const gate = gates.find((one) => one.id === id);
  if (gate === undefined) throw new Error(`no gate ${id}`);
  return gate.judge({ ...healthyAccount, ...change }, { ...wellUsed, ...context });
};
const yellow = (reason: string): Cap => ({ cap: 'yellow', reason });

/** Points of use as they would stand on the receipt. */
const use = (trend: number | null, seats: number | null): Partial<GateContext> => ({
  pointsOf: (id) => (id === 'usage_trend' ? trend : id === 'seat_use' ? seats : 0),
});
const unmeasured = { objectives: 0, objectivesMeasured: 0, outcomeProgress: null };
const poor = { outcomeProgress: 0.3 };
const trapped = 'high use (100 of 100 points), outcomes at 30 % of target';

const cases: [string, string, Partial<AccountRow>, Partial<GateContext>, Cap | null][] = [
  ['notice_given', 'none', {}, {}, null],
  ['notice_given', 'on part of the ARR', { arrUnderNoticeCents: 23_999_999 }, {}, null],
  [
    'notice_given',
    'on all of it',
    { arrUnderNoticeCents: 24_000_000 },
    {},
    { cap: 'red', reason: 'notice given on all ARR' },
  ],
  ['notice_given', 'no ARR to leave with', { arrCents: 0 }, {}, null],
  ['critical_ticket', 'for a week', { oldestCriticalOpenedOn: toDay('2026-11-15') }, {}, null],
  [
    'critical_ticket',
    'for a day longer',
    { oldestCriticalOpenedOn: toDay('2026-11-14') },
    {},
    yellow('critical ticket open for 8 days'),
  ],
  ['sponsor_gone', 'one left, one stays', { sponsorLeftOn: toDay('2026-10-14') }, {}, null],
  [
    'sponsor_gone',
    'the last one left',
    { sponsorsActive: 0, sponsorLeftOn: toDay('2026-10-14') },
    {},
    yellow('executive sponsor left on 2026-10-14 and none is in place'),
  ],
  ['sponsor_gone', 'never had one', { sponsorsActive: 0, sponsorsEver: 0 }, {}, null],
  ['usage_trap', 'outcomes on their way', { outcomeProgress: 0.5 }, {}, null],
  ['usage_trap', 'outcomes far away', poor, {}, yellow(trapped)],
  [
    'usage_trap',
    'none measured where they are expected',
    unmeasured,
    {},
    yellow('high use (100 of 100 points), and no outcome is measured'),
  ],
  [
    'usage_trap',
    'none measured where nobody expects them',
    unmeasured,
    { expectsOutcomes: false },
    null,
  ],
  ['usage_trap', 'far away, expected or not', poor, { expectsOutcomes: false }, yellow(trapped)],
  [
    'usage_trap',
    'use just high enough',
    poor,
    use(60, 80),
    yellow('high use (70 of 100 points), outcomes at 30 % of target'),
  ],
  ['usage_trap', 'use not high', poor, use(60, 79.9), null],
  [
    'usage_trap',
    'only one measure of use is known',
    poor,
    use(null, 70),
    yellow('high use (70 of 100 points), outcomes at 30 % of target'),
  ],
  ['usage_trap', 'use not known', poor, use(null, null), null],
  ['usage_trap', 'outcomes take time', poor, { stage: 'onboarding' }, null],
  ['usage_trap', 'but not for ever', poor, { stage: 'renewing' }, yellow(trapped)],
];

test.each(cases)('%s: %s', (id, _, change, context, cap) => {
  expect(judge(id, change, context)).toEqual(cap);
});

test('every gate has a case in which it closes', () => {
  const closed = cases.filter(([, , , , cap]) => cap !== null).map(([id]) => id);
  expect([...new Set(closed)]).toEqual(gates.map(({ id }) => id));
});

test('none caps a healthy account', () => {
  expect(gates.map((gate) => gate.judge(healthyAccount, wellUsed))).toEqual(gates.map(() => null));
});

const anyPoints = fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10));
const anyContext: fc.Arbitrary<GateContext> = fc
  .record({ trend: anyPoints, seats: anyPoints, expectsOutcomes: fc.boolean() })
  .map(({ trend, seats, expectsOutcomes }) => ({
    ...wellUsed,
    ...use(trend, seats),
    expectsOutcomes,
  }));

/** A fact with its values from better to worse. */
const worse: [string, keyof AccountRow, fc.Arbitrary<[better: unknown, worse: unknown]>][] = [
  ['notice_given', 'arrUnderNoticeCents', ordered(fc.nat(48_000_000), (a, b) => a - b)],
  ['critical_ticket', 'oldestCriticalOpenedOn', ordered(anyDay, (a, b) => (a > b ? -1 : 1))],
  ['sponsor_gone', 'sponsorsActive', ordered(fc.nat(3), (a, b) => b - a)],
  [
    'usage_trap',
    'outcomeProgress',
    ordered(fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => b - a),
  ],
];

function ordered<Value>(
  values: fc.Arbitrary<Value>,
  compare: (a: Value, b: Value) => number,
): fc.Arbitrary<[Value, Value]> {
  return fc.tuple(values, values).map((pair) => [...pair].sort(compare) as [Value, Value]);
}

describe('for any account', () => {
  test.each(worse)('a worse fact never opens %s (%s)', (id, field, values) => {
    const account = fc.oneof(
      fc.constant({ ...healthyAccount, sponsorLeftOn: toDay('2026-10-14') }),
      anyAccount,
    );
    fc.assert(
      fc.property(account, anyContext, values, (base, context, [good, bad]) => {
        const before = judge(id, { ...base, [field]: good }, context);
        return before === null || judge(id, { ...base, [field]: bad }, context) !== null;
      }),
      { numRuns: 300 },
    );
  });

  test.each(gates.map((gate) => [gate.id, gate] as const))('%s caps in bounds', (_, gate) => {
    fc.assert(
      fc.property(anyAccount, anyContext, (account, context) => {
        const cap = gate.judge(account, context);
        if (cap === null) return;
        expect(['yellow', 'red']).toContain(cap.cap);
        expect(cap.reason).toMatch(/^[^\p{Cc}]{3,120}$/u);
        expect(cap.reason).not.toMatch(/NaN|undefined|null/);
      }),
    );
  });

  test('a gate that the policy leaves out never closes', () => {
    const off = modelField.parse({
      gates: {
        notice_given: false,
        critical_ticket_days: null,
        sponsor_gone: false,
        usage_trap_points: null,
      },
    }).gates;
    fc.assert(
      fc.property(anyAccount, anyContext, (account, context) =>
        gates.every((gate) => gate.judge(account, { ...context, policy: off }) === null),
      ),
    );
  });

  test('a critical ticket counts days and not weeks', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (days, most) => {
        const opened = addDays(healthyAccount.asOf, -days);
        const context = { policy: { ...policy, critical_ticket_days: most } };
        const cap = judge('critical_ticket', { oldestCriticalOpenedOn: opened }, context);
        expect(cap !== null).toBe(days > most);
      }),
    );
  });
});
