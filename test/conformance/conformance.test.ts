import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import type { Day } from '../../shared/basics/day.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import { revenueRollups } from '../../shared/publish/revenue-tables.ts';
import type { Table } from '../../shared/publish/table.ts';
import { accountHealth, dataQuality, healthReceipts } from '../../shared/publish/tables.ts';
import { temporaryFolder } from '../kit/company-folder.ts';
import { runCli } from '../kit/run-cli.ts';

/** Other people's data with values they published; it lies outside the repository. */
const cases = process.env.HOLDFAST_CASES;
const configOf = (name: string) => join(import.meta.dirname, name, 'holdfast.yaml');

const runOn = async (name: string, asOf: string, job = 'score-accounts') => {
  const out = temporaryFolder();
  const words = ['run', job, '--config', configOf(name), '--as-of', asOf, '--out', out];
  const ran = await runCli(...words);
  expect(ran).toMatchObject({ code: 0 });
  const store = folderObjectStore(out);
  return async <T extends Table>(table: T) =>
    (await readTable(store, table, { path: partitionPath(table.name, asOf as Day) })) ?? [];
};

describe.skipIf(cases === undefined)(
  'displayr: a real ledger of contracts and nothing else',
  () => {
    /** ARR at year ends, as the publisher's own tests assert it. */
    const published = () =>
      readFileSync(join(cases ?? '', 'displayr', 'expected_published.csv'), 'utf8')
        .split('\n')
        .flatMap((line) => {
          const found = /,RecurringRevenue,\d+ \(as at (.*?)\),annualised,(.*)$/.exec(line);
          return found ? [[found[1], Number(found[2])] as [string, number]] : [];
        });

    test('ARR at every published day agrees to 1 part in 100,000', {
      timeout: 120_000,
    }, async () => {
      const days = published();
      expect(days.length).toBe(9);
      for (const [day, arr] of days) {
        const read = await runOn('displayr', day);
        const cents = (await read(accountHealth)).reduce(
          (sum, { arr_cents }) => sum + arr_cents,
          0,
        );
        expect(Math.abs(cents / 100 / arr - 1), `ARR at ${day}`).toBeLessThan(1e-5);
      }
    });

    test('nobody is scored on contracts alone, and every account says why', async () => {
      const read = await runOn('displayr', '2016-01-01');
      const accounts = await read(accountHealth);
      expect(accounts.length).toBeGreaterThan(600);
      expect(accounts.every(({ band, score }) => band === 'unscored' && score === null)).toBe(true);
      const reasons = new Set(accounts.map(({ reason }) => reason?.replace(/\d+ %/, 'n %')));
      expect(reasons).toContain('no live contract');
      expect([...reasons].some((reason) => reason?.includes('usage_daily is not configured'))).toBe(
        true,
      );
      const usage = (await read(healthReceipts)).filter(({ measure }) => measure === 'usage_trend');
      expect(usage.every(({ status, reason }) => status === 'unknown' && reason !== null)).toBe(
        true,
      );
    });
  },
);

describe.skipIf(cases === undefined)('displayr: what its publisher says of retention', () => {
  const textOf = (file: string) => readFileSync(join(cases ?? '', 'displayr', file), 'utf8');
  const published = (metric: string, period: string): number => {
    const line = textOf('expected_published.csv')
      .split('\n')
      .find((one) => one.includes(`,${metric}`) && one.includes(`,${period}`));
    return Number(line?.trim().split(',').at(-1));
  };
  const close = (found: number | null | undefined, expected: number, what: string) => {
    const apart = expected === 0 ? Math.abs(found ?? 1) : Math.abs((found ?? 0) / expected - 1);
    expect(apart, `${what}: ${found}, published ${expected}`).toBeLessThan(1e-5);
  };
  const wholeOf = async (asOf: string, window = 'trailing_12_months') => {
    const read = await runOn('displayr', asOf, 'rollup-revenue');
    const rows = await read(revenueRollups);
    return (method: string, end = asOf) =>
      rows.find(
        (row) =>
          row.cut === 'all' &&
          row.window === window &&
          row.window_end === end &&
          row.method === method,
      );
  };

  test('NRR and GRR of 2012 and 2015 by all three methods', async () => {
    const [head = '', ...lines] = textOf('expected_retention_by_method.csv').trim().split('\n');
    const names = head.split(',');
    for (const line of lines) {
      const expected = Object.fromEntries(
        line.split(',').map((cell, at) => [names[at], Number(cell)]),
      ) as Record<string, number>;
      const whole = await wholeOf(`${Number(expected.year) + 1}-01-01`);
      const figures = [
        ['point_to_point', 'nrr_point_to_point', 'grr_p2p_capped'],
        ['monthly_compound', 'nrr_monthly_compound_excl_react', 'grr_monthly_compound'],
        ['waterfall', 'nrr_waterfall_excl_react', 'grr_waterfall'],
      ] as const;
      for (const [method, nrr, grr] of figures) {
        const found = whole(method);
        close(found?.nrr, expected[nrr] as number, `${expected.year} ${nrr}`);
        close(found?.grr, expected[grr] as number, `${expected.year} ${grr}`);
        expect(found?.customers_opening).toBe(expected.cohort_customers);
        expect(found?.customers_lost).toBe(expected.lost);
      }
    }
  }, 60_000);

  test.each([2010, 2011, 2012, 2014, 2015])(
    'churn of those up for renewal in %i',
    async (year) => {
      const found = (await wholeOf(`${year + 1}-01-01`))('point_to_point');
      close(found?.logo_churn_renewing, published('CustomerChurn', String(year)), 'logos');
      const revenue = published('RecurringRevenueChurn', String(year));
      close(found?.revenue_churn_renewing, revenue, 'revenue');
    },
    60_000,
  );

  test('what moved ARR in 2016', async () => {
    const found = (await wholeOf('2016-06-13', 'year_to_date'))('point_to_point');
    const of = (kind: string) => published(`GrowthAccounting ${kind}`, '2016');
    const grew = of('MajorExpansion') + of('MinorExpansion');
    close(found?.new_arr_cents, of('New') * 100, 'new');
    close(found?.reactivation_arr_cents, of('Resurrection') * 100, 'reactivation');
    close(found?.expansion_arr_cents, grew * 100, 'expansion');
    close(found?.contraction_arr_cents, of('Contraction') * 100, 'contraction');
    close(found?.churn_arr_cents, of('Churn') * 100, 'churn');
    const logos = published('CustomerChurn', '2016');
    close(found?.logo_churn_renewing, logos, 'logos up for renewal');
  }, 60_000);
});

describe.skipIf(cases === undefined)('ravenstack: a company with known faults', () => {
  test('the known faults are reported with their counts', async () => {
    const read = await runOn('ravenstack', '2025-01-01');
    const found = Object.fromEntries(
      (await read(dataQuality)).map(({ check, rows }) => [check, rows]),
    );
    expect(found).toMatchObject({
      usage_outside_subscription: 19_432,
      duplicate_usage_id: 21,
      churned_but_open: 110,
      overlapping_subscriptions: 500,
    });
  });

  test('doctor tells of them, and that not all of health can be known', async () => {
    const told = await runCli(
      'doctor',
      '--config',
      configOf('ravenstack'),
      '--as-of',
      '2025-01-01',
    );
    expect(told.code).toBe(1);
    expect(told.out).toContain('usage_outside_subscription');
    expect(told.out).toContain('measure nps unknown: survey_responses is not configured');
  });
});
