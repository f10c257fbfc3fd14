import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { runJob } from '../../../functions/cli/commands/run.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { arrBridge, revenueRollups } from '../../../shared/publish/revenue-tables.ts';
import type { RowOf } from '../../../shared/publish/table.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { temporaryFolderUntilTheEnd, written } from '../../kit/lasting-folder.ts';
import { asOf } from '../../kit/scored-company.ts';
import { silentProgress } from '../../kit/silent-progress.ts';

/**
 * The same figures in plain SQL over the sample company, written from docs/revenue.md and not from the
 * code: who changes one without the other hears of it.
 */
const secondOpinion = (warehouse: string) => `
WITH line AS (
  SELECT coalesce(top.account_id, l.account_id) AS customer, l.*,
    least(l.end_date,
      CASE WHEN r.start_date > l.start_date THEN r.start_date ELSE l.end_date END,
      CASE WHEN l.cancel_recorded_on < DATE '${asOf}' THEN l.cancelled_on ELSE l.end_date END) AS ends,
    l.cancelled_on IS NOT NULL AND l.cancel_recorded_on < DATE '${asOf}' AS notice
  FROM '${warehouse}/contracts.parquet' l
  JOIN '${warehouse}/accounts.parquet' a USING (account_id)
  LEFT JOIN '${warehouse}/accounts.parquet' top ON top.account_id = a.parent_account_id
  LEFT JOIN '${warehouse}/contracts.parquet' r
    ON r.contract_id = l.renewed_by AND r.signed_on < DATE '${asOf}'
  WHERE l.signed_on < DATE '${asOf}'
), last AS (SELECT customer, max(ends) AS last_end FROM line WHERE ends > start_date GROUP BY 1),
held AS (
  SELECT line.* EXCLUDE (ends), CASE
    WHEN ends = last_end AND NOT notice AND last_end <= DATE '${asOf}'
      AND last_end + 30 > DATE '${asOf}' THEN DATE '${asOf}' + 1 ELSE ends END AS ends
  FROM line JOIN last USING (customer) WHERE ends > start_date
), month AS (
  SELECT CAST(m AS DATE) AS opens, least(CAST(m + INTERVAL 1 MONTH AS DATE), DATE '${asOf}') AS closes
  FROM range(DATE '2024-10-01', DATE '${asOf}', INTERVAL 1 MONTH) t(m)
), year AS (
  SELECT closes - INTERVAL 1 YEAR AS opens, closes FROM month
), period AS (SELECT 'month' AS kind, * FROM month UNION ALL SELECT 'year', * FROM year),
priced AS (
  SELECT kind, opens, closes, customer, start_date, ends,
    arr * pow(1 + coalesce(uplift_pct, 0) / 100, datesub('year', start_date, least(opens, end_date - 1))) AS at_opening,
    arr * pow(1 + coalesce(uplift_pct, 0) / 100, datesub('year', start_date, least(closes, end_date - 1))) AS at_closing,
    start_date <= opens AND opens < ends AS live_opening,
    start_date <= closes AND closes < ends AS live_closing,
    (SELECT max_by(rate_to_reporting, day) FROM '${warehouse}/fx_rates.parquet' f
      WHERE f.currency = held.currency AND f.day <= opens AND f.day < DATE '${asOf}') AS rate_opening,
    (SELECT max_by(rate_to_reporting, day) FROM '${warehouse}/fx_rates.parquet' f
      WHERE f.currency = held.currency AND f.day <= closes AND f.day < DATE '${asOf}') AS rate_closing
  FROM held, period
), per_customer AS (
  SELECT kind, opens, closes, customer, min(start_date) AS began,
    coalesce(sum(round(at_opening * rate_opening * 100)) FILTER (live_opening), 0) AS opening,
    coalesce(sum(round(at_closing * rate_opening * 100)) FILTER (live_closing), 0) AS reached,
    coalesce(sum(round(at_closing * rate_closing * 100)) FILTER (live_closing), 0) AS closing,
    coalesce(sum(round(at_closing * rate_opening * 100) - round(at_opening * rate_opening * 100))
      FILTER (live_opening AND live_closing), 0) AS uplift
  FROM priced GROUP BY ALL
)
SELECT kind, CAST(closes AS VARCHAR) AS closes,
  sum(opening) AS opening,
  sum(reached) FILTER (opening = 0 AND began >= opens) AS new,
  sum(reached) FILTER (opening = 0 AND began < opens) AS reactivation,
  sum(greatest(reached - opening - uplift, 0)) FILTER (opening > 0 AND closing > 0) AS expansion,
  sum(least(reached - opening - uplift, 0)) FILTER (opening > 0 AND closing > 0) AS contraction,
  0 - coalesce(sum(opening) FILTER (closing = 0), 0) AS churn,
  sum(uplift) FILTER (opening > 0 AND closing > 0) AS escalator,
  sum(closing - reached) AS fx,
  sum(closing) AS closing,
  sum(reached) FILTER (opening > 0) / sum(opening) AS nrr,
  sum(least(opening, reached)) FILTER (opening > 0) / sum(opening) AS grr,
  count(*) FILTER (opening > 0) AS customers, count(*) FILTER (opening > 0 AND closing = 0) AS lost
FROM per_customer GROUP BY kind, closes ORDER BY kind, closes`;

type Opinion = Record<string, number> & { kind: string; closes: string };

let opinions: Opinion[];
let bridge: RowOf<typeof arrBridge>[];
let rollups: RowOf<typeof revenueRollups>[];

beforeAll(async () => {
  const folder = temporaryFolderUntilTheEnd();
  const warehouse = join(folder, 'warehouse');
  await writeSampleCompany({ folder: warehouse, accounts: 912, asOf, seed: 1 });
  const config = written(folder, 'holdfast.yaml', sampleConfig);
  const out = join(folder, 'out');
  await runJob(
    rollupRevenue,
    { config, asOf, out },
    { clock: fakeClock(), progress: silentProgress },
  );
  const store = folderObjectStore(out);
  const at = (table: string) => ({ path: partitionPath(table, asOf) });
  bridge = (await readTable(store, arrBridge, at(arrBridge.name))) ?? [];
  rollups = (await readTable(store, revenueRollups, at(revenueRollups.name))) ?? [];

  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(secondOpinion(warehouse));
  opinions = answer.getRowObjectsJson().map(
    ({ kind, closes, ...figures }) =>
      ({
        kind,
        closes,
        ...Object.fromEntries(
          Object.entries(figures).map(([name, value]) => [name, Number(value ?? 0)]),
        ),
      }) as Opinion,
  );
  connection.closeSync();
  instance.closeSync();
}, 120_000);

describe('a second opinion in SQL', () => {
  test('agrees with the bridge of every month to the cent', () => {
    const months = opinions.filter(({ kind }) => kind === 'month');
    expect(months.length).toBe(26);
    for (const month of months) {
      const row = bridge.find(({ cut, month_end }) => cut === 'all' && month_end === month.closes);
      expect(row, month.closes).toMatchObject({
        opening_arr_cents: month.opening,
        new_arr_cents: month.new,
        reactivation_arr_cents: month.reactivation,
        expansion_arr_cents: month.expansion,
        contraction_arr_cents: month.contraction,
        churn_arr_cents: month.churn,
        escalator_arr_cents: month.escalator,
        fx_arr_cents: month.fx,
        closing_arr_cents: month.closing,
      });
    }
  });

  test('agrees with NRR, GRR and the customers lost of every window', () => {
    const years = opinions.filter(({ kind }) => kind === 'year');
    expect(years.length).toBe(26);
    for (const year of years) {
      const row = rollups.find(
        ({ cut, window, window_end, method }) =>
          cut === 'all' &&
          window === 'trailing_12_months' &&
          window_end === year.closes &&
          method === 'point_to_point',
      );
      expect(row, year.closes).toMatchObject({
        opening_arr_cents: year.opening,
        closing_arr_cents: year.closing,
        customers_opening: year.customers,
        customers_lost: year.lost,
      });
      expect(row?.nrr).toBeCloseTo(year.nrr as number, 12);
      expect(row?.grr).toBeCloseTo(year.grr as number, 12);
    }
  });
});
