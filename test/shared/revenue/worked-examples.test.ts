import { describe, expect, test } from 'vitest';
import type { ContractLine } from '../../../shared/revenue/contract-line.ts';
import type { WindowSums } from '../../../shared/revenue/cut-sums.ts';
import { ledgerOf } from '../../../shared/revenue/ledger.ts';
import { movementBetween, movementKinds } from '../../../shared/revenue/movements.ts';
import { retentionBy } from '../../../shared/revenue/retention.ts';
import { booksOn, line, rolledUp, theCut } from '../../kit/contract-lines.ts';

/** Examples that others published of the same definitions, with their numbers. */

const books = booksOn('2026-01-01');
const { windows, today, months, days } = books.calendar;
const year = windows.findIndex(({ to }) => to === today);

/** Has `before` a year up to June 2025, and from then on `after`; what is worth nothing is no contract. */
const turns = (before: number, after: number): { lines: ContractLine[] } => ({
  lines: [
    line('2024-06-15', '2025-06-15', { annual: before }),
    line('2025-06-15', '2026-06-15', { contractId: 'K-2', annual: after }),
  ],
});

const over2025 = (customers: readonly { lines: ContractLine[] }[]) => {
  const whole = theCut(rolledUp(customers, books), 'all');
  const window = windows[year] as (typeof windows)[number];
  const by = (method: Parameters<typeof retentionBy>[0]) =>
    retentionBy(method, whole, year, { window, policy: books.policy });
  return { sums: whole.windows[year] as WindowSums, by };
};

/** `2025-03 expansion 720`, in whole units, for each month in which something happened. */
const story = (lines: readonly ContractLine[]): string[] => {
  const ledger = ledgerOf(lines, books);
  return months.flatMap((month) => {
    const movement = movementBetween(ledger, month, books);
    return movementKinds
      .filter((kind) => movement !== null && movement[kind] !== 0)
      .map((kind) => `${days[month.from]?.slice(0, 7)} ${kind} ${(movement?.[kind] ?? 0) / 100}`);
  });
};

const methods = ['point_to_point', 'monthly_compound', 'waterfall'] as const;

describe.each(methods)('by %s', (method) => {
  test('ChartMogul, churn rates: of 100, 10 churn, 10 contract and 10 expand', () => {
    const { by } = over2025([turns(10, 0), turns(30, 20), turns(60, 70)]);
    expect(1 - Number(by(method).grr)).toBeCloseTo(0.2, 12);
    expect(1 - Number(by(method).nrr)).toBeCloseTo(0.1, 12);
  });

  test('Superleap, gross revenue retention: of 100,000, 8,000 churn, 6,000 contract, 8,000 expand', () => {
    const { by } = over2025([turns(8_000, 0), turns(46_000, 40_000), turns(46_000, 54_000)]);
    expect(by(method).grr).toBeCloseTo(0.86, 12);
    expect(by(method).nrr).toBeCloseTo(0.94, 12);
  });
});

test('ChartMogul, the formula of Shopify: 100 becomes 120, of which 10 are new; net churn -10 %', () => {
  const { sums, by } = over2025([turns(100, 110), turns(0, 10)]);
  const { opening, closing, new: won } = sums.movements;
  expect([opening, closing, won]).toEqual([10_000, 12_000, 1_000]);
  expect((opening - (closing - won)) / opening).toBeCloseTo(-0.1, 12);
  for (const method of methods) expect(1 - Number(by(method).nrr)).toBeCloseTo(-0.1, 12);
});

test('ChartMogul, the life of Syncalytics: each step is what they call it', () => {
  // Four Gold plans at 2000 a year together, two Silver at 60 a month, three Gold at 50 a month.
  const gold = line('2024-02-10', '2025-02-10', {
    ...{ annual: 2000, product: 'Gold' },
    ...{ cancelledOn: '2025-02-10', cancelKnownOn: '2024-11-20' },
  });
  const silver = line('2024-05-05', '2025-05-05', {
    ...{ contractId: 'K-2', annual: 60 * 12, product: 'Silver' },
    ...{ cancelledOn: '2024-08-18', cancelKnownOn: '2024-08-18' },
  });
  const back = line('2025-06-12', '2026-06-12', {
    ...{ contractId: 'K-3', annual: 3 * 50 * 12, product: 'Gold' },
  });
  expect(story([gold, silver, back])).toEqual([
    '2024-02 new 2000',
    '2024-05 expansion 720',
    '2024-08 contraction -720',
    '2025-02 churn -2000',
    '2025-06 reactivation 1800',
  ]);
});

test('Stripe, churned revenue: of two subscriptions the first to go is a contraction', () => {
  const subscription = (contractId: string, cancelledOn: string) =>
    line('2024-03-05', '2026-03-05', { contractId, annual: 240, cancelledOn });
  const two = [subscription('K-1', '2025-04-10'), subscription('K-2', '2025-07-10')];
  expect(story(two)).toEqual(['2024-03 new 480', '2025-04 contraction -240', '2025-07 churn -240']);
});

test('Domestique, renewal rates: a million is up, 850,000 renew, and they buy 200,000 more', () => {
  const { sums, by } = over2025([
    turns(150_000, 0),
    turns(350_000, 350_000),
    turns(500_000, 700_000),
    { lines: [line('2024-06-15', '2027-06-15', { annual: 400_000 })] },
  ]);
  expect(sums).toMatchObject({
    ...{ customersOpening: 4, customersRenewing: 3, customersRenewingLost: 1 },
    renewingCents: 1_000_000_00,
  });
  const { expansion, contraction, churn } = sums.movements;
  expect(1 + (contraction + churn) / sums.renewingCents).toBeCloseTo(0.85, 12);
  expect(1 + (expansion + contraction + churn) / sums.renewingCents).toBeCloseTo(1.05, 12);
  // Retention is of all who were there, also of those whose contract goes on.
  expect(by('point_to_point').grr).toBeCloseTo(1_250 / 1_400, 12);
  expect(by('point_to_point').nrr).toBeCloseTo(1_450 / 1_400, 12);
});
