import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  type Day,
  dayFromEpoch,
  dayToEpoch,
  toDay,
} from '../../../shared/basics/day.ts';
import {
  carrField,
  churnField,
  expansionField,
  reactivationField,
  renewalField,
  retentionField,
  revenueField,
} from '../../../shared/config/revenue.ts';
import { calendarOf } from '../../../shared/revenue/calendar.ts';
import { type CohortRow, cohortTally } from '../../../shared/revenue/cohorts.ts';
import type { ContractLine } from '../../../shared/revenue/contract-line.ts';
import type { RevenueCustomer } from '../../../shared/revenue/customer.ts';
import { type Books, ledgerOf } from '../../../shared/revenue/ledger.ts';
import { ratesFrom } from '../../../shared/revenue/rates.ts';

interface Switches {
  readonly smallest?: number;
  readonly graceDays?: number;
  /** Of EUR on as_of, and on every earlier day. */
  readonly euro?: readonly [number, number];
}

const booksOn = (asOf: Day, { smallest = 1, graceDays = 0, euro = [1, 1] }: Switches): Books => {
  const calendar = calendarOf(asOf);
  const quotes = calendar.days.map((_, at) => (at === calendar.today ? euro[0] : euro[1]));
  const quoted = new Map([['EUR', quotes]]);
  return {
    calendar,
    rates: ratesFrom({ reporting: 'USD', constant: {}, quoted, days: calendar.days }),
    policy: {
      ...{ revenue: revenueField.parse({}), carr: carrField.parse({}) },
      ...{ churn: churnField.parse({ grace_days: graceDays }), renewal: renewalField.parse({}) },
      ...{ reactivation: reactivationField.parse({}), expansion: expansionField.parse({}) },
      retention: retentionField.parse({ smallest_cohort: smallest }),
      basis: 'constant',
    },
  };
};

const aLine: ContractLine = {
  contractId: 'K-1',
  accountId: 'A-1',
  product: null,
  currency: 'USD',
  start: 0,
  end: 0,
  annual: 100,
  growth: 1,
  cancelledOn: null,
  cancelKnownOn: null,
  renewalStart: null,
};

const line = (from: string, to: string, change: Partial<ContractLine> = {}): ContractLine => ({
  ...aLine,
  ...{ start: dayToEpoch(toDay(from)), end: dayToEpoch(toDay(to)) },
  ...change,
});

type Customer = readonly ContractLine[];

const aCustomer: RevenueCustomer = {
  ...{ customerId: 'C-1', name: null, segmentName: null, motionName: null, region: null },
  ...{ ownerEmail: null, onboarding: 'not_recorded', concessionsWithoutPlan: 0 },
  ...{ ultimateParentId: null, lines: [] },
};

const rowsOf = (customers: readonly Customer[], asOf: string, switches: Switches = {}) => {
  const books = booksOn(toDay(asOf), switches);
  const tally = cohortTally(books);
  for (const lines of customers) tally.add({ ...aCustomer, lines }, ledgerOf(lines, books));
  return tally.rows();
};

const at = (rows: readonly CohortRow[], cohort: string, age: number) =>
  rows.find((row) => row.cohort === cohort && row.quartersSinceStart === age);

describe('a cohort at an age', () => {
  const stays = [line('2023-01-10', '2028-01-10')];
  const leavesAfterAYear = [line('2023-02-01', '2024-02-01')];
  const leavesAfterHalfAYear = [line('2023-03-31', '2023-09-30')];
  const grows = [
    line('2023-01-10', '2024-01-10'),
    line('2024-01-10', '2028-01-10', { annual: 150 }),
  ];
  const shrinks = [line('2023-01-10', '2028-01-10'), line('2023-01-10', '2023-07-10')];
  const raised = [line('2023-01-10', '2028-01-10', { growth: 1.1 })];
  const comesBack = [line('2023-01-10', '2023-07-10'), line('2023-11-10', '2028-01-10')];
  const european = [line('2023-01-10', '2028-01-10', { currency: 'EUR' })];
  const startsLast = [line('2025-12-01', '2026-12-01')];
  const nothingFirst = [
    line('2023-01-10', '2023-06-10', { annual: 0.001 }),
    line('2023-06-10', '2028-01-10'),
  ];
  const pending = [line('2024-12-20', '2025-12-20')];
  const lapsed = [line('2024-10-20', '2025-10-20')];
  const noticed = [
    line('2023-01-10', '2028-01-10', { cancelledOn: dayToEpoch(toDay('2024-01-10')) }),
  ];

  test.each<[string, readonly Customer[], number, Partial<CohortRow>]>([
    [
      'is whole on its first day',
      [stays, leavesAfterAYear],
      0,
      {
        ...{ customersStarted: 2, customersReached: 2, isComplete: true, customersLive: 2 },
        ...{ logoRetention: 1, startArrCents: 20_000, arrCents: 20_000, revenueRetention: 1 },
        ...{ atRisk: 2, survival: 1, stdError: 0, lower: 1, upper: 1, reason: null },
      },
    ],
    [
      'loses who left, from the day its contract ended on',
      [stays, leavesAfterAYear],
      4,
      {
        ...{ customersReached: 2, customersLive: 1, logoRetention: 0.5, revenueRetention: 0.5 },
        ...{ atRisk: 2, survival: 0.5 },
      },
    ],
    [
      'has them the quarter before',
      [stays, leavesAfterAYear],
      3,
      { logoRetention: 1, survival: 1 },
    ],
    ['takes the last day of a short month', [stays, leavesAfterHalfAYear], 2, { customersLive: 1 }],
    ['counts growth', [grows], 4, { logoRetention: 1, arrCents: 15_000, revenueRetention: 1.5 }],
    ['counts a part that ended', [shrinks], 2, { logoRetention: 1, revenueRetention: 0.5 }],
    ['counts contractual uplift', [raised], 8, { arrCents: 12_100, revenueRetention: 1.21 }],
    ['ends with a notice', [noticed], 4, { customersLive: 0, arrCents: 0, survival: 0 }],
    ['misses who is away on that day', [comesBack], 3, { customersLive: 0, revenueRetention: 0 }],
    ['survives in who came back', [comesBack], 3, { survival: 1, atRisk: 1 }],
    [
      'knows no share of nothing',
      [nothingFirst],
      4,
      {
        ...{ startArrCents: 0, arrCents: 10_000, revenueRetention: null, logoRetention: 1 },
        ...{ survival: 1, reason: 'no ARR on the first day' },
      },
    ],
  ])('%s', (_, customers, age, row) => {
    expect(at(rowsOf(customers, '2026-01-15'), '2023-Q1', age)).toMatchObject(row);
  });

  test('does not move by rates alone', () => {
    const rows = rowsOf([european], '2026-01-15', { euro: [1.25, 0.8] });
    expect(rows.map(({ arrCents }) => arrCents)).toEqual(rows.map(() => 12_500));
    expect(rows.every(({ revenueRetention }) => revenueRetention === 1)).toBe(true);
  });

  test.each([
    ['a contract that only just ended counts as here', pending, { survival: 1, customersLive: 1 }],
    ['one that ended longer ago does not', lapsed, { survival: 0, customersLive: 0 }],
  ])('%s', (_, customer, row) => {
    expect(at(rowsOf([customer], '2026-01-15'), '2024-Q4', 4)).toMatchObject(row);
  });

  test('a gap within grace is none', () => {
    const age = (graceDays: number) =>
      at(rowsOf([comesBack], '2026-01-15', { graceDays }), 'all', 3);
    expect(age(122)?.customersLive).toBe(0);
    expect(age(123)?.customersLive).toBe(1);
  });

  test('a year with a leap day is a year', () => {
    const customers = ['2023-06-01', '2023-12-01', '2024-01-01', '2024-03-01'].map((from) => [
      line(from, addMonths(toDay(from), 12)),
    ]);
    const rows = rowsOf(customers, '2026-01-15');
    expect(at(rows, 'all', 3)).toMatchObject({ logoRetention: 1, survival: 1 });
    expect(at(rows, 'all', 4)).toMatchObject({ logoRetention: 0, survival: 0 });
    expect(at(rows, '2024-Q1', 4)).toMatchObject({ logoRetention: 0, survival: 0 });
  });

  test('those too young for an age are not counted against it', () => {
    const young = [line('2023-03-30', '2028-03-30')];
    const rows = rowsOf([young, leavesAfterAYear], '2024-03-29');
    expect(at(rows, '2023-Q1', 3)).toMatchObject({ customersReached: 2, isComplete: true });
    expect(at(rows, '2023-Q1', 4)).toMatchObject({
      ...{ customersStarted: 2, customersReached: 1, isComplete: false },
      ...{ customersLive: 0, logoRetention: 0, startArrCents: 10_000, revenueRetention: 0 },
      ...{ atRisk: 1, survival: 0, stdError: null, reason: null },
    });
    expect(at(rows, '2023-Q1', 5)).toBeUndefined();
  });

  test('an age is reached on its very day', () => {
    expect(at(rowsOf([stays], '2024-01-09'), 'all', 4)).toBeUndefined();
    expect(at(rowsOf([stays], '2024-01-10'), 'all', 4)).toMatchObject({ survival: 1, atRisk: 1 });
  });

  test('one who is here is followed up to as_of and no further', () => {
    const here = [line('2025-04-05', '2028-04-05')];
    const leavesLaterInItsQuarter = [line('2023-01-10', '2023-11-30')];
    const rows = rowsOf([stays, here, leavesLaterInItsQuarter], '2026-01-15');
    expect(at(rows, 'all', 3)).toMatchObject({ atRisk: 3, survival: 1 });
    expect(at(rows, 'all', 4)).toMatchObject({ atRisk: 1, survival: 0.5 });
  });

  test('one who left and has signed again is gone until that begins', () => {
    const signedAgain = [...leavesAfterAYear, line('2026-03-01', '2027-03-01')];
    expect(at(rowsOf([stays, signedAgain], '2026-01-15'), 'all', 4)).toMatchObject({
      ...{ customersLive: 1, atRisk: 2, survival: 0.5 },
    });
  });

  test('survival is hidden where fewer are at risk than the policy asks for', () => {
    const rows = rowsOf([stays, stays, leavesAfterHalfAYear], '2026-01-15', { smallest: 3 });
    expect(at(rows, '2023-Q1', 2)).toMatchObject({ atRisk: 3, reason: null });
    expect(at(rows, '2023-Q1', 3)).toMatchObject({
      ...{ logoRetention: 2 / 3, atRisk: 2, survival: null, stdError: null, lower: null },
      ...{ upper: null, reason: 'fewer than 3 customers at risk' },
    });
    expect(at(rowsOf([leavesAfterAYear], '2026-01-15'), 'all', 5)).toMatchObject({
      ...{ atRisk: 0, survival: null, reason: 'nobody at risk' },
    });
  });

  test('all come first, then the quarters in order', () => {
    const rows = rowsOf([startsLast, stays, leavesAfterAYear], '2026-01-15');
    expect([...new Set(rows.map(({ cohort }) => cohort))]).toEqual(['all', '2023-Q1', '2025-Q4']);
    expect(at(rows, 'all', 0)).toMatchObject({ customersStarted: 3, isComplete: true });
    expect(at(rows, '2025-Q4', 0)).toMatchObject({ customersStarted: 1 });
  });

  test.each([
    ['no customers at all', []],
    ['one who is only signed', [[line('2026-01-16', '2027-01-16')]]],
    ['one without a line', [[]]],
    ['one whose only line is free', [[line('2025-01-01', '2027-01-01', { annual: 0 })]]],
  ])('%s: no rows', (_, customers) => {
    expect(rowsOf(customers, '2026-01-15')).toEqual([]);
  });

  test('ages end at ten years, and older customers count up to there', () => {
    const rows = rowsOf(
      [[line('2000-01-01', '2014-01-01')], [line('2000-02-01', '2030-01-01')]],
      '2026-01-15',
    );
    expect(rows.filter(({ cohort }) => cohort === 'all').length).toBe(41);
    expect(at(rows, '2000-Q1', 40)).toMatchObject({ customersReached: 2, survival: 1, atRisk: 2 });
  });
});

describe('whatever customers do', () => {
  const asOf = toDay('2026-01-15');
  const aTerm = fc.record({
    ...{ gap: fc.constantFrom(0, 0, 0, 40, 200), days: fc.integer({ min: 20, max: 900 }) },
    ...{ annual: fc.integer({ min: 1, max: 900 }), growth: fc.constantFrom(1, 1, 1.07) },
    currency: fc.constantFrom('USD', 'EUR'),
  });
  const startsOn = fc.oneof(
    fc.integer({ min: dayToEpoch(toDay('2022-06-01')), max: dayToEpoch(toDay('2026-03-01')) }),
    fc.integer({ min: 0, max: 12 }).map((age) => dayToEpoch(addMonths(asOf, -3 * age))),
  );
  type Term = Pick<ContractLine, 'annual' | 'growth' | 'currency'> & { gap: number; days: number };
  const customerOf = (start: number, terms: readonly Term[]): Customer => {
    let from = start;
    return terms.map(({ gap, days, ...about }, index) => {
      const begin = from + (index === 0 ? 0 : gap);
      from = begin + days;
      return { ...aLine, ...about, start: begin, end: from };
    });
  };
  const terms = fc.array(aTerm, { minLength: 1, maxLength: 4 });
  const anyCustomer = fc.tuple(startsOn, terms).map(([start, own]) => customerOf(start, own));
  const anyCustomers = fc.array(anyCustomer, { maxLength: 12 });

  /** The same by the plain definition, customer by customer and age by age. */
  const plainly = (customers: readonly Customer[], age: number) => {
    const books = booksOn(asOf, {});
    const today = dayToEpoch(asOf);
    const sums = { customersReached: 0, customersLive: 0, startArrCents: 0, arrCents: 0 };
    for (const customer of customers) {
      const { lines, startedOn } = ledgerOf(customer, books);
      const day = dayToEpoch(addMonths(dayFromEpoch(startedOn), 3 * age));
      if (day > today) continue;
      const arrOn = (on: number) =>
        lines
          .filter(({ start, ends }) => start <= on && on < ends)
          .map(({ annual, growth, raises }) => {
            const years = raises.filter((raise) => raise <= on).length;
            return Math.round(annual * growth ** years * 100);
          })
          .reduce((sum, cents) => sum + cents, 0);
      sums.customersReached += 1;
      sums.customersLive += arrOn(day) > 0 ? 1 : 0;
      sums.startArrCents += arrOn(startedOn);
      sums.arrCents += arrOn(day);
    }
    return sums;
  };

  test('retention is as its definition says', () => {
    fc.assert(
      fc.property(anyCustomers, fc.nat(16), (customers, age) => {
        const row = at(rowsOf(customers, asOf), 'all', age);
        const plain = plainly(customers, age);
        if (plain.customersReached === 0) expect(row).toBeUndefined();
        else expect(row).toMatchObject(plain);
      }),
    );
  });

  test('the quarters add up to all', () => {
    fc.assert(
      fc.property(anyCustomers, (customers) => {
        const rows = rowsOf(customers, asOf);
        const counted = ['customersReached', 'customersLive', 'startArrCents', 'arrCents'] as const;
        for (const whole of rows.filter(({ cohort }) => cohort === 'all')) {
          const parts = rows.filter(
            ({ cohort, quartersSinceStart: age }) =>
              cohort !== 'all' && age === whole.quartersSinceStart,
          );
          for (const name of counted) {
            expect(parts.reduce((sum, part) => sum + part[name], 0)).toBe(whole[name]);
          }
        }
      }),
    );
  });

  test('neither the order of customers nor earlier rates are of any matter', () => {
    fc.assert(
      fc.property(anyCustomers, fc.double({ min: 0.5, max: 2, noNaN: true }), (customers, euro) => {
        const rows = rowsOf(customers, asOf);
        expect(rowsOf([...customers].reverse(), asOf, { euro: [1, euro] })).toEqual(rows);
      }),
    );
  });

  test('shares are shares, and fewer reach a greater age', () => {
    fc.assert(
      fc.property(anyCustomers, (customers) => {
        const rows = rowsOf(customers, asOf);
        for (const [index, row] of rows.entries()) {
          expect(row.customersLive).toBeLessThanOrEqual(row.customersReached);
          expect(row.isComplete).toBe(row.customersReached === row.customersStarted);
          expect(row.survival ?? 1).toBeGreaterThanOrEqual(0);
          expect(row.survival === null).toBe(row.reason !== null);
          const younger = rows[index - 1];
          if (row.quartersSinceStart === 0) {
            const { atRisk, survival, logoRetention, revenueRetention, customersStarted } = row;
            expect([atRisk, survival, logoRetention]).toEqual([customersStarted, 1, 1]);
            expect(revenueRetention).toBe(1);
          } else {
            expect(row.customersReached).toBeLessThanOrEqual(younger?.customersReached ?? 0);
            expect(row.atRisk).toBeLessThanOrEqual(younger?.atRisk ?? 0);
            expect(row.survival ?? 0).toBeLessThanOrEqual(younger?.survival ?? 0);
          }
        }
      }),
    );
  });

  test('where all reached an age and nobody ever came back, survival is logo retention', () => {
    const loyal = fc.tuple(startsOn, terms).map(([start, own]) =>
      customerOf(
        start,
        own.map((term) => ({ ...term, gap: 0 })),
      ),
    );
    fc.assert(
      fc.property(fc.array(loyal, { maxLength: 12 }), (customers) => {
        for (const row of rowsOf(customers, asOf)) {
          if (!row.isComplete || row.survival === null) continue;
          expect(row.survival).toBeCloseTo(row.logoRetention, 12);
        }
      }),
    );
  });
});
