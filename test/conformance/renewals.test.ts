import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import { runJob } from '../../functions/cli/commands/run.ts';
import { addMonths, toDay } from '../../shared/basics/day.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { trackRenewals } from '../../shared/jobs/track-renewals.ts';
import { partitionPath } from '../../shared/publish/publication.ts';
import { readTable } from '../../shared/publish/read-table.ts';
import {
  forecastAccuracy,
  forecastSnapshots,
  forecastWalk,
  renewalForecast,
  renewalRates,
} from '../../shared/publish/renewal-tables.ts';
import type { Table } from '../../shared/publish/table.ts';
import { temporaryFolderUntilTheEnd } from '../kit/lasting-folder.ts';
import { silentProgress } from '../kit/silent-progress.ts';

/** Other people's data; it lies outside the repository. */
const cases = process.env.HOLDFAST_CASES;
const config = join(import.meta.dirname, 'displayr', 'as-it-happened.yaml');

const [FROM, MONTHS] = [toDay('2013-01-01'), 36];

describe.skipIf(cases === undefined)('displayr, month by month as it happened', () => {
  let out: string;
  const days = Array.from({ length: MONTHS + 1 }, (_, month) => addMonths(FROM, month));
  const read = async <T extends Table>(table: T, day: string) =>
    (await readTable(folderObjectStore(out), table, { path: partitionPath(table.name, day) })) ??
    [];

  beforeAll(async () => {
    out = temporaryFolderUntilTheEnd();
    for (const asOf of days) {
      for (const job of [rollupRevenue, trackRenewals]) {
        await runJob(job, { config, asOf, out }, { progress: silentProgress });
      }
    }
  }, 600_000);

  test('the renewals due in the 180 days from 2015-07-01 are those of the ledger, to a cent of all', async () => {
    const due = (await read(renewalForecast, '2015-07-01')).filter(
      ({ due_on }) => due_on > '2015-07-01' && due_on <= '2015-12-28',
    );
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const lines = join(cases ?? '', 'displayr', 'q_invoice_lines.csv');
    // The publisher's rules, written anew: end dates are the last day, terms snap to standard lengths.
    const answer = await connection.runAndReadAll(`
      SELECT count(*), sum(round(100 * amount / CASE WHEN round(years, 2) IN (0.25, 0.5, 0.75, 1, 2, 3, 4, 5, 6)
        THEN round(years, 2) ELSE years END)), sum(amount)
      FROM (
        SELECT sum(AUD) AS amount, date_diff('day', ValidFrom, ValidTo) / 365.25 AS years,
          ValidFrom, ValidTo
        FROM '${lines}' GROUP BY name, ValidFrom, ValidTo
      ) WHERE amount > 0 AND ValidFrom < DATE '2015-07-01' AND ValidTo >= DATE '2015-07-01'
        AND ValidTo < DATE '2015-12-28'`);
    connection.closeSync();
    instance.closeSync();
    const [count, cents] = answer.getRows()[0] ?? [];
    expect(due.length).toBe(Number(count));
    // A half of a cent may fall the other way in one of 309 lines.
    const sum = due.reduce((total, row) => total + row.due_arr_cents, 0);
    expect(Math.abs(sum - Number(cents))).toBeLessThanOrEqual(1);
    expect(due.length).toBeGreaterThan(250);
  });

  test('rates are those of the past once there is one, and the output says which and of how many', async () => {
    const rates = await read(renewalRates, '2015-01-01');
    const known = rates.filter(({ basis }) => basis === 'observed');
    expect(new Set(known.map(({ band }) => band))).toEqual(new Set(['unscored']));
    expect(known.every(({ whole_renewals }) => whole_renewals >= 30)).toBe(true);
    const forecast = await read(renewalForecast, '2015-01-01');
    const open = forecast.filter(({ state }) => state === 'open');
    expect(open.every(({ basis, basis_n }) => basis === 'observed' && basis_n >= 30)).toBe(true);
    expect(open[0]?.because).toMatch(
      /stayed of \d+ renewals of the past, and \d+ % of the \d+ in the segment/,
    );
  });

  test('what was frozen is never changed: every snapshot is the same in every later month', async () => {
    const first = new Map<string, string>();
    for (const day of days) {
      for (const { actual_cents: _, decided_on: __, ...row } of await read(
        forecastSnapshots,
        day,
      )) {
        const key = `${row.renewal_id} ${row.horizon_days}`;
        const frozen = JSON.stringify(row);
        expect(first.get(key) ?? frozen, `${key} on ${day}`).toBe(frozen);
        first.set(key, frozen);
      }
    }
    expect(first.size).toBeGreaterThan(3_000);
  });

  test('every walk adds up, month after month', async () => {
    for (const day of days) {
      for (const row of await read(forecastWalk, day)) {
        const changes =
          row.new_cents + row.won_cents + row.lost_cents + row.moved_in_cents + row.moved_out_cents;
        const rest = row.up_cents + row.down_cents + row.gone_cents;
        expect(row.opening_cents + changes + rest, `${day} ${row.quarter}`).toBe(row.closing_cents);
      }
    }
  });

  // docs/renewals.md quotes these: contracts alone forecast a quarter, and no single customer.
  test.each([
    ['2014-01-01', 120, 191, 0.1618, -0.0951],
    ['2014-01-01', 30, 262, 0.1857, -0.1224],
    ['2015-01-01', 120, 385, 0.1437, 0.0582],
    ['2015-01-01', 30, 392, 0.1413, 0.0446],
    ['2016-01-01', 120, 551, 0.1771, -0.0046],
    ['2016-01-01', 30, 565, 0.2456, 0.0184],
  ])(
    'as of %s, %i days before: %i renewals, WAPE %d, bias %d',
    async (day, horizon, renewals, wape, bias) => {
      const rows = await read(forecastAccuracy, day);
      const found = rows.find(({ cut, horizon_days }) => cut === 'all' && horizon_days === horizon);
      expect(found).toMatchObject({ renewals, wape, bias });
      expect(found?.wape_single).toBeGreaterThan(0.5);
    },
  );
});
