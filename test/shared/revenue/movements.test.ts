import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContractLine } from '../../../shared/revenue/contract-line.ts';
import { ledgerOf } from '../../../shared/revenue/ledger.ts';
import {
  type Movement,
  movementBetween,
  movementKinds,
} from '../../../shared/revenue/movements.ts';
import { booksOn, epoch, line, placeOf, type Switches } from '../../kit/contract-lines.ts';

/** A euro at 1.00 in 2024, at 1.10 in 2025 and at 1.20 in 2026. */
const quoted = {
  EUR: (day: string) => (day < '2025-01-01' ? 1 : day < '2026-01-01' ? 1.1 : 1.2),
};

type Seen = Partial<Movement> | null;

/** What is not zero of a movement over 2025, or from another day on. */
const moved = (
  lines: readonly ContractLine[],
  switches: Switches = {},
  { from = '2025-01-01', product }: { from?: string; product?: string | null } = {},
): Seen => {
  const books = booksOn('2026-01-01', { ...switches, quoted });
  const ledger = ledgerOf(lines, books);
  const period = { from: placeOf(books, from), to: placeOf(books, '2026-01-01') };
  const part = product === undefined ? ledger : ledger.of(product);
  const movement = movementBetween(ledger, period, books, part);
  if (movement === null) return null;
  return Object.fromEntries(Object.entries(movement).filter(([, cents]) => cents !== 0));
};

const within = (window_days: number): Switches => ({ reactivation: { window_days } });
const other = { contractId: 'K-2', accountId: 'A-2', annual: 600 };

describe('what happened to a customer from one day to another', () => {
  const whole = line('2024-01-01', '2027-01-01');
  const gone = line('2023-01-01', '2024-09-01');

  test.each<[string, ContractLine[], Switches, Seen]>([
    ['nothing', [whole], {}, { opening: 120_000, closing: 120_000 }],
    ['nothing was and nothing is', [gone], {}, null],
    ['signed and not yet live: nothing', [line('2026-02-01', '2027-02-01')], {}, null],
    ['came: new', [line('2025-03-10', '2026-03-10')], {}, { new: 120_000, closing: 120_000 }],
    [
      'came, left and came back in between: new',
      [line('2025-02-01', '2025-04-01'), line('2025-08-01', '2026-08-01', { contractId: 'K-2' })],
      {},
      { new: 120_000, closing: 120_000 },
    ],
    [
      'had a free line before: new',
      [line('2022-01-01', '2025-03-10', { annual: 0 }), line('2025-03-10', '2026-03-10', other)],
      {},
      { new: 60_000, closing: 60_000 },
    ],
    [
      'was here before: reactivation',
      [gone, line('2025-03-10', '2026-03-10', other)],
      {},
      { reactivation: 60_000, closing: 60_000 },
    ],
    [
      'back after 190 days, within 190: reactivation',
      [gone, line('2025-03-10', '2026-03-10', other)],
      within(190),
      { reactivation: 60_000, closing: 60_000 },
    ],
    [
      'back after 190 days, within 189: new',
      [gone, line('2025-03-10', '2026-03-10', other)],
      within(189),
      { new: 60_000, closing: 60_000 },
    ],
    [
      'back soon for a while, and again: the way back that counts is the first',
      [
        gone,
        line('2025-02-01', '2025-03-01', { contractId: 'K-3' }),
        line('2025-10-01', '2026-10-01', other),
      ],
      within(160),
      { reactivation: 60_000, closing: 60_000 },
    ],
    [
      'grew: expansion',
      [whole, line('2025-06-01', '2027-01-01', other)],
      {},
      { opening: 120_000, expansion: 60_000, closing: 180_000 },
    ],
    [
      'renewed for less: contraction',
      [line('2024-07-01', '2025-07-01'), line('2025-07-01', '2026-07-01', other)],
      {},
      { opening: 120_000, contraction: -60_000, closing: 60_000 },
    ],
    [
      'one of two contracts ended: contraction, not churn',
      [whole, line('2024-07-01', '2025-07-01', other)],
      {},
      { opening: 180_000, contraction: -60_000, closing: 120_000 },
    ],
    [
      'the last of two ended: churn of both',
      [line('2024-07-01', '2025-07-01'), line('2024-07-01', '2025-09-01', other)],
      {},
      { opening: 180_000, churn: -180_000 },
    ],
    [
      'one account of the group left, another came: the group has shrunk',
      [
        line('2024-07-01', '2025-07-01'),
        line('2025-07-01', '2026-07-01', { ...other, annual: 900 }),
      ],
      {},
      { opening: 120_000, contraction: -30_000, closing: 90_000 },
    ],
    [
      'cancelled to the end of the year: churn',
      [
        line('2024-01-01', '2027-01-01', {
          cancelledOn: '2026-01-01',
          cancelKnownOn: '2025-10-05',
        }),
      ],
      {},
      { opening: 120_000, churn: -120_000 },
    ],
    [
      'renewal late by a week, with grace: nothing',
      [line('2024-01-01', '2025-12-28'), line('2026-01-04', '2027-01-04', { contractId: 'K-2' })],
      { churn: { grace_days: 7 } },
      { opening: 120_000, closing: 120_000 },
    ],
    [
      'ended last week without a word: still here',
      [line('2024-01-01', '2025-12-28')],
      {},
      { opening: 120_000, closing: 120_000 },
    ],
    [
      'ended last week, and late renewals are not waited for: churn',
      [line('2024-01-01', '2025-12-28')],
      { renewal: { late_grace_days: 0 } },
      { opening: 120_000, churn: -120_000 },
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(moved(lines, switches)).toEqual(expected);
  });

  test('by notice churn counts months before the contract ends', () => {
    const [leaving] = [
      line('2024-01-01', '2027-01-01', { cancelledOn: '2026-06-01', cancelKnownOn: '2025-10-05' }),
    ];
    expect(moved([leaving])).toEqual({ opening: 120_000, closing: 120_000 });
    const byNotice: Switches = { churn: { recognition: 'notice' } };
    expect(moved([leaving], byNotice)).toEqual({ opening: 120_000, churn: -120_000 });
  });
});

describe('contractual uplift', () => {
  const three = line('2023-06-01', '2026-06-01', { annual: 1000, growth: 1.1 });
  const inExpansion: Switches = { expansion: { include_escalators: true } };
  const ends = { opening: 110_000, closing: 121_000 };

  test.each<[string, ContractLine[], Switches, Seen]>([
    ['stands on its own line', [three], {}, { ...ends, escalator: 11_000 }],
    ['or counts as expansion', [three], inExpansion, { ...ends, expansion: 11_000 }],
    [
      'beside an expansion',
      [three, line('2025-02-01', '2026-02-01', other)],
      {},
      { opening: 110_000, expansion: 60_000, escalator: 11_000, closing: 181_000 },
    ],
    [
      'beside a contraction, which it does not hide',
      [three, line('2024-07-01', '2025-07-01', { ...other, annual: 110 })],
      {},
      { opening: 121_000, contraction: -11_000, escalator: 11_000, closing: 121_000 },
    ],
    [
      'as expansion it does hide that',
      [three, line('2024-07-01', '2025-07-01', { ...other, annual: 110 })],
      inExpansion,
      { opening: 121_000, closing: 121_000 },
    ],
    [
      'is none on a renewal: that is a new price',
      [
        line('2023-06-01', '2025-06-01', { annual: 1000, growth: 1.1, renewalStart: '2025-06-01' }),
        line('2025-06-01', '2027-06-01', { contractId: 'K-2', annual: 1210, growth: 1.1 }),
      ],
      {},
      { ...ends, expansion: 11_000 },
    ],
    [
      'leaves with its contract',
      [{ ...three, cancelledOn: epoch('2025-08-01') }],
      {},
      { opening: 110_000, churn: -110_000 },
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(moved(lines, switches)).toEqual(expected);
  });
});

describe('rates', () => {
  const euro = { currency: 'EUR', annual: 1000 };
  const spot: Switches = { basis: 'spot' };
  const [stays, more] = [
    line('2024-01-01', '2027-01-01', euro),
    line('2025-06-01', '2027-06-01', { ...euro, contractId: 'K-2' }),
  ];

  test.each<[string, ContractLine[], Switches, Seen]>([
    ['move nobody: fx', [stays], {}, { opening: 110_000, fx: 10_000, closing: 120_000 }],
    ['at spot they do', [stays], spot, { opening: 110_000, expansion: 10_000, closing: 120_000 }],
    [
      'expansion is at the rates of the opening',
      [stays, more],
      {},
      { opening: 110_000, expansion: 110_000, fx: 20_000, closing: 240_000 },
    ],
    [
      'at spot at those of the closing',
      [stays, more],
      spot,
      {
        ...{ opening: 110_000, expansion: 130_000, closing: 240_000 },
      },
    ],
    ['so is what is new', [more], {}, { new: 110_000, fx: 10_000, closing: 120_000 }],
    ['and at spot', [more], spot, { new: 120_000, closing: 120_000 }],
    [
      'churn is what it was at the opening',
      [line('2024-01-01', '2025-07-01', euro)],
      {},
      { opening: 110_000, churn: -110_000 },
    ],
    [
      'contraction shows though a risen rate makes up for it',
      [
        line('2024-01-01', '2025-07-01', { ...euro, annual: 1200 }),
        line('2025-07-01', '2026-07-01', { ...euro, annual: 1100 }),
      ],
      {},
      { opening: 132_000, contraction: -11_000, fx: 11_000, closing: 132_000 },
    ],
    [
      'uplift is at the rates of the opening',
      [line('2023-06-01', '2026-06-01', { ...euro, growth: 1.1 })],
      {},
      { opening: 121_000, escalator: 12_100, fx: 12_100, closing: 145_200 },
    ],
    [
      'a currency at a constant rate moves by contracts alone',
      [line('2024-01-01', '2027-01-01')],
      {},
      { opening: 120_000, closing: 120_000 },
    ],
  ])('%s', (_, lines, switches, expected) => {
    expect(moved(lines, switches)).toEqual(expected);
  });

  test('over a shorter time only what they did in it', () => {
    expect(moved([stays], {}, { from: '2024-12-01' })).toMatchObject({ fx: 20_000 });
    expect(moved([stays], {}, { from: '2025-12-01' })).toMatchObject({ fx: 10_000 });
  });
});

describe('a product of a customer', () => {
  const platform = line('2024-01-01', '2027-01-01');
  const insights = (start: string, end: string, annual = 600) =>
    line(start, end, { contractId: 'K-2', product: 'Insights', annual });
  const gone = line('2023-01-01', '2024-09-01');

  test.each<[string, ContractLine[], string | null, Seen]>([
    [
      'comes while the customer is here: expansion',
      [platform, insights('2025-06-01', '2026-06-01')],
      'Insights',
      { expansion: 60_000, closing: 60_000 },
    ],
    [
      'goes while the customer stays: contraction',
      [platform, insights('2024-06-01', '2025-06-01')],
      'Insights',
      { opening: 60_000, contraction: -60_000 },
    ],
    [
      'comes with the customer: new',
      [insights('2025-06-01', '2026-06-01')],
      'Insights',
      { new: 60_000, closing: 60_000 },
    ],
    [
      'comes with a customer who is back: reactivation, though it had another product',
      [gone, insights('2025-06-01', '2026-06-01')],
      'Insights',
      { reactivation: 60_000, closing: 60_000 },
    ],
    [
      'goes with the customer: churn',
      [line('2024-01-01', '2025-06-01'), insights('2024-06-01', '2025-03-01')],
      'Insights',
      { opening: 60_000, churn: -60_000 },
    ],
    [
      'in place of another: one goes and the other comes',
      [line('2024-01-01', '2025-06-01'), insights('2025-06-01', '2026-06-01', 1200)],
      'Platform',
      { opening: 120_000, contraction: -120_000 },
    ],
    [
      'that has no name is a part like others',
      [platform, { ...platform, product: null }],
      null,
      {
        ...{ opening: 120_000, closing: 120_000 },
      },
    ],
    ['that it never had', [platform], 'Insights', null],
  ])('%s', (_, lines, product, expected) => {
    expect(moved(lines, {}, { product })).toEqual(expected);
  });
});

/** Lines of three currencies with uplifts, notices and links, all over the calendar. */
const anyLine = fc
  .record({
    start: fc.integer({ min: epoch('2021-06-01'), max: epoch('2026-03-01') }),
    days: fc.constantFrom(30, 365, 366, 400, 1096),
    annual: fc.integer({ min: 0, max: 9_000_000 }).map((cents) => cents / 100),
    growth: fc.constantFrom(1, 1.07, 0.9),
    currency: fc.constantFrom('USD', 'EUR', 'GBP'),
    product: fc.constantFrom('Platform', 'Insights', null),
    cancelAfter: fc.option(fc.integer({ min: 0, max: 500 })),
  })
  .map(
    ({ days, cancelAfter, ...some }): ContractLine => ({
      ...line('2025-01-01', '2026-01-01'),
      ...{ ...some, end: some.start + days },
      cancelledOn: cancelAfter === null ? null : some.start + cancelAfter,
    }),
  );

test('between any two days: opening + all movements = closing, of the whole and of each product', () => {
  const anyBooks = fc
    .record({
      basis: fc.constantFrom('constant' as const, 'spot' as const),
      include_escalators: fc.boolean(),
      grace_days: fc.constantFrom(0, 20),
    })
    .map(({ basis, include_escalators, grace_days }) =>
      booksOn('2026-01-20', {
        ...{ basis, expansion: { include_escalators }, churn: { grace_days } },
        ...{ constant: { GBP: 1.27 }, quoted: { EUR: (day) => 0.9 + Number(day.slice(8)) / 97 } },
      }),
    );
  const somewhere = fc.double({ min: 0, max: 0.999, noNaN: true });
  const anyPeriod = fc.tuple(somewhere, somewhere);
  const lines = fc.array(anyLine, { maxLength: 6 });
  fc.assert(
    fc.property(lines, anyBooks, anyPeriod, (lines, books, period) => {
      const ledger = ledgerOf(lines, books);
      const [from, to] = period
        .map((share) => Math.floor(share * books.calendar.days.length))
        .sort((a, b) => a - b) as [number, number];
      const parts = [...new Set(lines.map(({ product }) => product))].map(ledger.of);
      const movements = [ledger, ...parts].map((part) =>
        movementBetween(ledger, { from, to }, books, part),
      );
      for (const movement of movements) {
        if (movement === null) continue;
        const sum = movementKinds.reduce((all, kind) => all + movement[kind], movement.opening);
        expect(sum).toBe(movement.closing);
        expect(movement.transfer).toBe(0);
        expect(Math.max(movement.contraction, movement.churn)).toBeLessThanOrEqual(0);
      }
      const [whole, ...rest] = movements;
      for (const end of ['opening', 'closing'] as const) {
        const sum = rest.reduce((all, movement) => all + (movement?.[end] ?? 0), 0);
        expect(sum).toBe(whole?.[end] ?? 0);
      }
    }),
    { numRuns: 300 },
  );
});
