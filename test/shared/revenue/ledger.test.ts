import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromEpoch } from '../../../shared/basics/day.ts';
import { annualOn, type ContractLine, isLiveOn } from '../../../shared/revenue/contract-line.ts';
import { ledgerOf } from '../../../shared/revenue/ledger.ts';
import { booksOn, epoch, line, placeOf } from '../../kit/contract-lines.ts';

/** A euro that is worth a cent more each month. */
const risingEuro = { EUR: (day: string) => 1 + Number(day.slice(5, 7)) / 100 };

const books = booksOn('2026-01-01', { quoted: risingEuro, constant: { GBP: 1.25 } });
const on = (day: string) => placeOf(books, day);

const arrOn = (lines: readonly ContractLine[], day: string, rateDay = day) =>
  ledgerOf(lines, books).arrAt(on(day), on(rateDay));

describe('ARR of a customer on a day', () => {
  const inEuro = line('2025-01-01', '2027-01-01', { currency: 'EUR', annual: 1000 });

  test.each<[string, ContractLine[], string, number]>([
    ['the first day counts', [line('2025-03-01', '2026-03-01')], '2025-03-01', 120_000],
    ['the day before does not', [line('2025-03-01', '2026-03-01')], '2025-02-01', 0],
    ['nor the end', [line('2024-03-01', '2025-03-01')], '2025-03-01', 0],
    ['the last day counts', [line('2024-03-01', '2025-03-02')], '2025-03-01', 120_000],
    [
      'all lines that are live',
      [line('2025-01-01', '2027-01-01'), line('2025-02-01', '2026-02-01', { annual: 0.5 })],
      '2025-03-01',
      120_050,
    ],
    [
      'accounts of one group add up',
      [
        line('2025-01-01', '2027-01-01'),
        line('2025-01-01', '2027-01-01', { contractId: 'K-2', accountId: 'A-2' }),
      ],
      '2025-03-01',
      240_000,
    ],
    ['at the rate of the day', [inEuro], '2025-03-01', 103_000],
    [
      'at the constant rate of a currency that is not quoted',
      [line('2025-01-01', '2027-01-01', { currency: 'GBP', annual: 1000 })],
      '2025-03-01',
      125_000,
    ],
    [
      'each line is rounded by itself',
      [
        line('2025-01-01', '2027-01-01', { annual: 0.005 }),
        line('2025-01-01', '2027-01-01', { contractId: 'K-2', annual: 0.005 }),
      ],
      '2025-03-01',
      2,
    ],
    [
      'with the uplifts so far',
      [line('2023-02-15', '2026-02-15', { annual: 1000, growth: 1.1 })],
      '2025-03-01',
      121_000,
    ],
  ])('%s', (_, lines, day, cents) => {
    expect(arrOn(lines, day)).toBe(cents);
    expect(ledgerOf(lines, books).arr[on(day)]).toBe(cents);
  });

  test('at the rates of another day', () => {
    const lines = [inEuro, line('2025-01-01', '2027-01-01', { contractId: 'K-2', annual: 1 })];
    expect(arrOn(lines, '2025-03-01', '2025-12-01')).toBe(112_000 + 100);
    expect(arrOn(lines, '2025-12-01', '2025-03-01')).toBe(103_000 + 100);
  });

  test('needs a rate only of the days on which a contract in the currency is live', () => {
    const from2025 = { EUR: (day: string) => (day < '2025-07-01' ? null : 1.5) };
    const some = booksOn('2026-01-01', { quoted: from2025 });
    const begin = (start: string) => () =>
      ledgerOf([line(start, '2027-01-01', { currency: 'EUR' })], some);
    expect(begin('2025-07-01')().arr.length).toBe(some.calendar.days.length);
    expect(begin('2025-06-01')).toThrow('no rate of EUR on 2025-06-01');
  });
});

describe('what a ledger tells of the whole', () => {
  const free = line('2020-01-01', '2026-06-01', { contractId: 'K-0', annual: 0 });
  const first = line('2023-01-15', '2024-01-15');
  const second = line('2025-06-10', '2026-06-10', { contractId: 'K-2', currency: 'EUR' });

  test('it began with the first line that is paid for', () => {
    expect(dayFromEpoch(ledgerOf([free, second, first], books).startedOn)).toBe('2023-01-15');
  });

  test('when revenue last ended before a day', () => {
    const ledger = ledgerOf([free, first, second], books);
    expect(ledger.leftBefore(on('2024-01-01'))).toBe(Number.NEGATIVE_INFINITY);
    expect(ledger.leftBefore(on('2025-06-01'))).toBe(epoch('2024-01-15'));
    const ended = ledgerOf([line('2023-01-15', '2024-02-01')], books);
    expect(ended.leftBefore(on('2024-02-01'))).toBe(epoch('2024-02-01'));
  });

  test.each<[string, ContractLine[], boolean, boolean]>([
    ['in one currency', [first], true, true],
    ['with uplift', [line('2023-01-15', '2026-01-15', { growth: 1.1 })], true, false],
    ['with a currency that is quoted', [first, second], false, false],
  ])('%s: whether rates or uplift can change it', (_, lines, isConstant, isSteady) => {
    expect(ledgerOf(lines, books)).toMatchObject({ isConstant, isSteady });
  });
});

describe('what uplift added between two days', () => {
  const three = line('2023-02-15', '2026-02-15', { annual: 1000, growth: 1.1 });
  const inEuro = { ...three, currency: 'EUR' };

  test.each<[string, ContractLine[], string, string, number]>([
    ['an anniversary', [three], '2025-02-01', '2025-03-01', 11_000],
    ['none', [three], '2025-03-01', '2025-04-01', 0],
    ['two', [three], '2024-02-01', '2025-03-01', 21_000],
    [
      'of a line that began on the first day',
      [line('2024-02-01', '2026-02-01', { annual: 1000, growth: 1.1 })],
      '2024-02-01',
      '2025-03-01',
      10_000,
    ],
    ['of a line that began in between', [three], '2023-01-01', '2025-03-01', 0],
    [
      'of a line that ended in between',
      [{ ...three, cancelledOn: epoch('2025-02-20') }],
      '2025-02-01',
      '2025-03-01',
      0,
    ],
    ['at the rates of the first day', [inEuro], '2025-02-01', '2025-03-01', 11_220],
    [
      'beside a line without',
      [three, line('2023-01-01', '2027-01-01')],
      '2025-02-01',
      '2025-03-01',
      11_000,
    ],
  ])('%s', (_, lines, from, to, cents) => {
    expect(ledgerOf(lines, books).escalated(on(from), on(to))).toBe(cents);
  });
});

const anyLine = fc
  .record({
    start: fc.integer({ min: epoch('2022-06-01'), max: epoch('2026-03-01') }),
    days: fc.integer({ min: 1, max: 1200 }),
    annual: fc.integer({ min: 0, max: 5_000_000 }).map((cents) => cents / 100),
    growth: fc.constantFrom(1, 1.05),
    currency: fc.constantFrom('USD', 'EUR', 'GBP'),
    product: fc.constantFrom('Platform', 'Insights', '(none)', null),
  })
  .map(
    ({ days, ...some }): ContractLine => ({
      ...line('2025-01-01', '2026-01-01'),
      ...{ ...some, end: some.start + days },
    }),
  );

test('every ledger: the sum of its live lines on each day, and of its products', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 6 }), (lines) => {
      const ledger = ledgerOf(lines, books);
      const parts = [...new Set(lines.map(({ product }) => product))].map(ledger.of);
      for (const [day, on] of books.calendar.epochs.entries()) {
        const expected = ledger.lines
          .filter((one) => isLiveOn(one, on))
          .map((one) => annualOn(one, on) * books.rates.rateOn(one.currency, day) * 100)
          .reduce((sum, cents) => sum + Math.round(cents), 0);
        expect(ledger.arr[day]).toBe(expected);
        expect(parts.reduce((sum, { arr }) => sum + (arr[day] as number), 0)).toBe(expected);
      }
    }),
    { numRuns: 40 },
  );
});
