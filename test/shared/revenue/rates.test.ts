import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { ratesFrom } from '../../../shared/revenue/rates.ts';

const rates = ratesFrom({
  reporting: 'USD',
  constant: { GBP: 1.25, EUR: 9 },
  quoted: new Map([['EUR', [1.1, 1.2, null]]]),
  days: ['2026-01-01', '2026-02-01', '2026-03-01'].map(toDay),
});

const problemOf = (currency: string, day: number) => {
  try {
    return rates.rateOn(currency, day);
  } catch (error) {
    return error instanceof HoldfastError ? error : String(error);
  }
};

describe('the rate of a currency', () => {
  test.each<[string, string, number, number]>([
    ['the reporting currency is worth itself', 'USD', 2, 1],
    ['one that is not quoted has its constant rate', 'GBP', 0, 1.25],
    ['on every day', 'GBP', 2, 1.25],
    ['one that is quoted goes by the quote of the day', 'EUR', 0, 1.1],
    ['and of the next, whatever the config says', 'EUR', 1, 1.2],
  ])('%s', (_, currency, day, expected) => {
    expect(rates.rateOn(currency, day)).toBe(expected);
  });

  test.each<[string, boolean]>([
    ['USD', true],
    ['GBP', true],
    ['EUR', false],
  ])('%s: the same on every day is %s', (currency, isConstant) => {
    expect(rates.isConstant(currency)).toBe(isConstant);
  });

  test('a day without a quote is an error that names currency and day', () => {
    const error = problemOf('EUR', 2);
    expect(error).toMatchObject({
      kind: 'data',
      problems: [{ where: 'fx_rates', found: 'no rate of EUR on 2026-03-01 or the 7 days before' }],
    });
    expect(error).toHaveProperty('message', expect.stringContaining('2026-03-01'));
  });

  test('so is a currency that nobody gave a rate', () => {
    expect(problemOf('SEK', 0)).toMatchObject({
      kind: 'data',
      problems: [{ where: 'currency.rates.SEK', found: 'nothing' }],
    });
  });
});
