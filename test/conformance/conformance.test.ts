import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import type { Day } from '../../shared/basics/day.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import type { Table } from '../../shared/publish/table.ts';
import { accountHealth, dataQuality, healthReceipts } from '../../shared/publish/tables.ts';
import { temporaryFolder } from '../kit/company-folder.ts';
import { runCli } from '../kit/run-cli.ts';

/** Other people's data with values they published; it lies outside the repository. */
const cases = process.env.HOLDFAST_CASES;
const configOf = (name: string) => join(import.meta.dirname, name, 'holdfast.yaml');

const runOn = async (name: string, asOf: string) => {
  const out = temporaryFolder();
  const words = [
    'run',
    'score-accounts',
    '--config',
    configOf(name),
    '--as-of',
    asOf,
    '--out',
    out,
  ];
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
