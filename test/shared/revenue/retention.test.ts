import { describe, expect, test } from 'vitest';
import type { ContractLine } from '../../../shared/revenue/contract-line.ts';
import type { RevenueCustomer } from '../../../shared/revenue/customer.ts';
import { retentionBy } from '../../../shared/revenue/retention.ts';
import { booksOn, line, rolledUp, type Switches, theCut } from '../../kit/contract-lines.ts';

/** All methods over 2025. */
const in2025 = (
  customers: readonly Partial<RevenueCustomer>[],
  switches: Switches = {},
  cut = 'all',
  value = 'all',
) => {
  const books = booksOn('2026-01-01', { renewal: { late_grace_days: 0 }, ...switches });
  const { windows, today } = books.calendar;
  const index = windows.findIndex(({ to }) => to === today);
  const window = windows[index] as (typeof windows)[number];
  const sums = theCut(rolledUp(customers, books), cut, value);
  const by = (method: Parameters<typeof retentionBy>[0]) =>
    retentionBy(method, sums, index, { window, policy: books.policy });
  return {
    pointToPoint: by('point_to_point'),
    compound: by('monthly_compound'),
    waterfall: by('waterfall'),
  };
};

/** One contract after another: what it is worth a year from each day on, and when it is over. */
const terms = (values: Readonly<Record<string, number>>, end = '2027-01-01'): ContractLine[] => {
  const starts = Object.keys(values);
  return starts.map((start, index) =>
    line(start, starts[index + 1] ?? end, {
      ...{ contractId: `K-${index}`, annual: values[start] as number },
    }),
  );
};

/** Opens with 300: A with 100, B with 200. C comes in February. */
const customers = [
  { lines: terms({ '2024-03-01': 100, '2025-03-15': 130, '2025-09-15': 110 }) },
  {
    lines: [
      ...terms({ '2024-06-15': 200 }, '2025-06-15'),
      line('2025-08-15', '2027-01-01', { contractId: 'K-9', annual: 150 }),
    ],
  },
  { lines: terms({ '2025-02-15': 50, '2025-05-15': 80 }, '2025-10-15') },
];

describe('a ledger of three, over a year', () => {
  const { pointToPoint, compound, waterfall } = in2025(customers);

  test('point to point: A 100 to 110, B 200 to 150 though it was gone in between, C not at all', () => {
    expect(pointToPoint).toEqual({
      nrr: (110 + 150) / 300,
      grr: (100 + 150) / 300,
      reason: null,
    });
  });

  test('waterfall: what the months moved, over the opening of the year; C is in it', () => {
    // March A +30, May C +30, June B -200, September A -20, October C -80; B back is left out.
    expect(waterfall.nrr).toBeCloseTo(1 + (30 + 30 - 200 - 20 - 80) / 300, 12);
    expect(waterfall.grr).toBeCloseTo(1 + (-200 - 20 - 80) / 300, 12);
  });

  test('monthly: each month over its own opening', () => {
    // March opens with A 100, B 200, C 50; May with A at 130; June with C at 80.
    const march = 1 + 30 / (100 + 200 + 50);
    const may = 1 + 30 / (130 + 200 + 50);
    const june = 1 - 200 / (130 + 200 + 80);
    // September opens with B back at 150.
    const september = 1 - 20 / (130 + 150 + 80);
    const october = 1 - 80 / (110 + 150 + 80);
    expect(compound.nrr).toBeCloseTo(march * may * june * september * october, 12);
    expect(compound.grr).toBeCloseTo(june * september * october, 12);
  });

  test('reactivation counts in the NRR of the monthly methods where the config says so', () => {
    const counted = in2025(customers, { reactivation: { in_nrr: true } });
    // In August B is back with 150; the month opens with A 130 and C 80.
    expect(counted.waterfall.nrr).toBeCloseTo(Number(waterfall.nrr) + 150 / 300, 12);
    expect(counted.compound.nrr).toBeCloseTo(Number(compound.nrr) * (1 + 150 / (130 + 80)), 12);
    expect(counted.waterfall.grr).toBe(waterfall.grr);
    expect(counted.compound.grr).toBe(compound.grr);
    expect(counted.pointToPoint).toEqual(pointToPoint);
  });
});

describe('uplift', () => {
  const lines = [line('2024-07-15', '2027-07-15', { annual: 100, growth: 1.1 })];

  test('is in the closing, and in the monthly methods only as expansion', () => {
    const apart = in2025([{ lines }]);
    expect(apart.pointToPoint.nrr).toBeCloseTo(1.1, 12);
    expect([apart.waterfall.nrr, apart.compound.nrr]).toEqual([1, 1]);
    const within = in2025([{ lines }], { expansion: { include_escalators: true } });
    expect(within.pointToPoint).toEqual(apart.pointToPoint);
    expect(within.waterfall.nrr).toBeCloseTo(1.1, 12);
    expect(within.compound.nrr).toBeCloseTo(1.1, 12);
  });

  test('keeps GRR at 1', () => {
    expect(in2025([{ lines }]).pointToPoint.grr).toBe(1);
  });
});

describe('nothing to divide by', () => {
  const none = { nrr: null, grr: null };

  test('an empty cohort has no ratio by any method, and says why', () => {
    const came = [{ lines: terms({ '2025-02-15': 50, '2025-05-15': 80 }) }];
    const empty = { ...none, reason: 'no ARR at the opening' };
    expect(in2025(came)).toEqual({ pointToPoint: empty, compound: empty, waterfall: empty });
  });

  /** Insights ends in April and is bought again in July by one who stayed all the while. */
  const insights = (start: string, end: string, annual = 60) =>
    line(start, end, { product: 'Insights', contractId: start, annual });
  const again = [
    line('2024-01-01', '2027-01-01', { annual: 500 }),
    insights('2024-04-15', '2025-04-15'),
    insights('2025-07-15', '2026-07-15', 90),
  ];

  test('a month that opens with nothing and yet moves cannot be compounded', () => {
    const { pointToPoint, compound, waterfall } = in2025(
      [{ lines: again }],
      {},
      'product',
      'Insights',
    );
    expect(pointToPoint).toEqual({ nrr: 90 / 60, grr: 1, reason: null });
    expect(waterfall).toEqual({ nrr: 1 + (90 - 60) / 60, grr: 0, reason: null });
    expect(compound).toEqual({ ...none, reason: 'month 7 of the window opens without ARR' });
  });

  test('a month that opens with nothing and stays so leaves the product at nothing', () => {
    const left = [{ lines: again.slice(0, 2) }];
    const gone = { nrr: 0, grr: 0, reason: null };
    expect(in2025(left, {}, 'product', 'Insights')).toEqual({
      ...{ pointToPoint: gone, compound: gone, waterfall: gone },
    });
  });
});

describe('a customer who moves to another segment within the year', () => {
  const grew = [
    { lines: terms({ '2024-03-01': 20_000, '2025-06-15': 30_000, '2025-09-15': 27_000 }) },
    { lines: terms({ '2024-03-01': 40_000 }) },
  ];

  test('by the closing it is in the new one from the month in which it moved', () => {
    const { pointToPoint, compound, waterfall } = in2025(grew, {}, 'segment', 'mid_market');
    expect(pointToPoint.nrr).toBeCloseTo((27_000 + 40_000) / (20_000 + 40_000), 12);
    // June moves those who are in it at its end: 20 and 40; September those two, at 30 and 40.
    expect(compound.nrr).toBeCloseTo((1 + 10 / 60) * (1 - 3 / 70), 12);
    expect(waterfall.nrr).toBeCloseTo(1 + (10 - 3) / 60, 12);
  });

  test('by the opening it stays in the old one up to the end of that month', () => {
    const atOpening: Switches = { retention: { attribute_at: 'opening' } };
    const old = in2025(grew, atOpening, 'segment', 'smb');
    expect(old.pointToPoint.nrr).toBeCloseTo(27_000 / 20_000, 12);
    expect(old.compound.nrr).toBeCloseTo(1 + 10 / 20, 12);
    const { pointToPoint, compound } = in2025(grew, atOpening, 'segment', 'mid_market');
    expect(pointToPoint.nrr).toBe(1);
    expect(compound.nrr).toBeCloseTo(1 - 3 / 70, 12);
  });
});
