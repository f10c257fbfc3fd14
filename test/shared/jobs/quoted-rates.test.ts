import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, toDay } from '../../../shared/basics/day.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { currencyOn, quotedRates, rateGaps } from '../../../shared/jobs/quoted-rates.ts';
import { calendarOf } from '../../../shared/revenue/calendar.ts';
import { soundTables } from '../../kit/company-folder.ts';
import { asOf, company } from '../../kit/scored-company.ts';

const calendar = calendarOf(asOf);

const inspected = async (tables: Readonly<Record<string, string>>) => {
  const { config, warehouse } = await company({ tables });
  const states = await inspectSources({ config, asOf, warehouse });
  return { config, warehouse, states };
};

/** One row per currency, day and rate. */
const fxRates = (...rows: readonly string[]) => ({
  fx_rates: ['currency,day,rate_to_reporting', ...rows].join('\n'),
});

const OLD = 'EUR,2019-05-01,1.3';
const TODAY = 'EUR,2026-11-20,1.12';
const ZERO = 'EUR,2026-11-20,0';

/** Rates of the euro on every day from one up to as_of. */
const everyDayFrom = (first: string) =>
  Array.from(
    { length: daysBetween(toDay(first), asOf) },
    (_, days) => `EUR,${addDays(toDay(first), days)},1.1`,
  );

describe('quoted rates', () => {
  test.each<[string, readonly string[], number | null]>([
    ['a rate of the day', [OLD, TODAY], 1.12],
    ['the latest of seven days', ['EUR,2026-11-15,1.3', 'EUR,2026-11-16,1.4'], 1.4],
    ['none, if the latest is older', ['EUR,2026-11-14,1.3'], null],
    ['none, though it is quoted on no day of the calendar', [OLD], null],
  ])('of as_of: %s', async (_, rows, rate) => {
    const { warehouse, states } = await inspected(fxRates(...rows));
    const quoted = await quotedRates(warehouse, states, calendar);
    expect(quoted.get('EUR')?.[calendar.today]).toBe(rate);
    expect(quoted.get('EUR')).toHaveLength(calendar.days.length);
    expect(quoted.has('GBP')).toBe(false);
  });

  test('that are broken are an error, and not the rates of the config', async () => {
    const { warehouse, states } = await inspected(fxRates(ZERO));
    await expect(quotedRates(warehouse, states, calendar)).rejects.toMatchObject({
      kind: 'data',
      problems: [
        {
          where: 'source fx_rates',
          found: expect.stringContaining('a rate of zero'),
          fix: expect.stringContaining('take sources.fx_rates out of the config'),
        },
      ],
    });
  });
});

describe('the rates beside a score', () => {
  test.each<[string, string, number]>([
    ['go by the quotes', TODAY, 1.12],
    ['are of the config where the last quote is old', OLD, 1.1],
    ['are of the config where fx_rates is broken', ZERO, 1.1],
  ])('%s', async (_, row, EUR) => {
    const { config, warehouse, states } = await inspected(fxRates(row));
    const told = await currencyOn(warehouse, states, { asOf, currency: config.currency });
    expect(told).toEqual({ reporting: 'USD', rates: { EUR } });
  });
});

describe('gaps in the rates', () => {
  const contracts = (terms: string) => ({
    contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,2020-01-01,2027-01-01,240000,USD
${terms}`,
  });
  const gapsOf = async (tables: Readonly<Record<string, string>>) => {
    const { warehouse, states } = await inspected(tables);
    return rateGaps(warehouse, states, calendar);
  };
  const inEuro = (start: string, end: string) => contracts(`C-2,A-2,${start},${end},60000,EUR`);

  test('a company whose rates go back far enough has none', async () => {
    expect(await gapsOf({ fx_rates: soundTables.fx_rates })).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'twelve months before the first contract they begin to be missed',
      { ...inEuro('2026-03-01', '2027-03-01'), ...fxRates(...everyDayFrom('2025-05-01')) },
      ['2025-03-01', '2025-04-01'],
    ],
    [
      'twelve months after the last they are no longer',
      { ...inEuro('2022-01-01', '2023-01-20'), ...fxRates(...everyDayFrom('2024-01-15')) },
      ['2023-11-01', '2023-12-01', '2024-01-01'],
    ],
    [
      'one that is signed and begins in two years is valued today',
      {
        contracts: `contract_id,account_id,start_date,end_date,arr,currency,signed_on
C-1,A-1,2020-01-01,2027-01-01,240000,USD,2020-01-01
C-2,A-2,2028-11-22,2030-01-01,60000,EUR,2026-11-01`,
        ...fxRates(OLD),
      },
      ['2026-11-22'],
    ],
    [
      'nobody misses a currency that no contract is in',
      { ...contracts('C-2,A-2,2026-03-01,2027-03-01,60000,USD'), ...fxRates(OLD) },
      [],
    ],
    [
      'nor one that is not quoted',
      { ...inEuro('2026-03-01', '2027-03-01'), ...fxRates('GBP,2026-11-20,1.3') },
      [],
    ],
    [
      'of broken rates nothing is said',
      { ...inEuro('2026-03-01', '2027-03-01'), ...fxRates(ZERO) },
      [],
    ],
  ])('%s', async (_, tables, days) => {
    expect((await gapsOf(tables)).flatMap((gap) => gap.days)).toEqual(days);
  });
});
