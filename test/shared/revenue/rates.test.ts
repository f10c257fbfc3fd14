import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, toDay } from '../../../shared/basics/day.ts';
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

describe('days without a quote', () => {
  const days = Array.from({ length: 9 }, (_, month) => addMonths(toDay('2026-01-01'), month));
  const ratesOf = (quotes: readonly (number | null)[]) =>
    ratesFrom({ reporting: 'USD', constant: { EUR: 9 }, quoted: new Map([['EUR', quotes]]), days });
  const none = days.map(() => null);

  test.each<[string, readonly (number | null)[], string]>([
    [
      'are all named',
      [1, null, 1, null, 1, 1, 1, 1, 1],
      'no rate of EUR on 2026-02-01 or the 7 days before, nor of 2026-04-01;',
    ],
    [
      'up to six beside the one asked for',
      none,
      'no rate of EUR on 2026-01-01 or the 7 days before, nor of 2026-02-01, 2026-03-01, 2026-04-01, 2026-05-01, 2026-06-01, 2026-07-01 and 2 more;',
    ],
  ])('%s', (_, quotes, found) => {
    const first = quotes.indexOf(null);
    expect(() => ratesOf(quotes).rateOn('EUR', first)).toThrow(found);
    expect(() => ratesOf(quotes).rateOn('EUR', first)).toThrow('twelve months before the first');
  });

  test('the one asked for comes first, wherever it lies', () => {
    expect(() => ratesOf(none).rateOn('EUR', 8)).toThrow('no rate of EUR on 2026-09-01');
  });

  test('a currency that is quoted, but never on these days, has no rate of the config', () => {
    expect(() => ratesOf(none).rateOn('EUR', 0)).toThrow('no rate of EUR on 2026-01-01');
    expect(() => ratesOf(none).lastRate('EUR', 8)).toThrow('no rate of EUR on 2026-09-01');
  });

  test.each<[string, readonly (number | null)[], number, number]>([
    ['that of the day', [1, 2, 3], 1, 2],
    ['the latest before it', [1, 2, null, null, 5], 3, 2],
    ['the earliest after it', [null, null, null, 4, 5], 1, 4],
  ])('the last rate is %s', (_, quotes, day, expected) => {
    expect(ratesOf([...quotes, ...none.slice(quotes.length)]).lastRate('EUR', day)).toBe(expected);
  });

  test.each<[string, number]>([
    ['USD', 1],
    ['GBP', 1.25],
  ])('the last rate of %s, which is not quoted, is its rate', (currency, expected) => {
    expect(rates.lastRate(currency, 2)).toBe(expected);
  });

  test('the last rate is the rate of the day wherever there is one, and else of another day', () => {
    const quote = fc.option(fc.double({ min: 0.01, max: 100, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(quote, { minLength: 9, maxLength: 9 }).filter((all) => all.some((one) => one)),
        fc.nat({ max: 8 }),
        (quotes, day) => {
          const last = ratesOf(quotes).lastRate('EUR', day);
          expect(quotes).toContain(last);
          if (quotes[day] !== null) expect(last).toBe(ratesOf(quotes).rateOn('EUR', day));
        },
      ),
    );
  });
});
