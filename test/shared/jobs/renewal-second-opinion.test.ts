import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runJob } from '../../../functions/cli/commands/run.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { addDays } from '../../../shared/basics/day.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { temporaryFolderUntilTheEnd, written } from '../../kit/lasting-folder.ts';
import { asOf } from '../../kit/scored-company.ts';
import { silentProgress } from '../../kit/silent-progress.ts';

// What a controller with DuckDB and the published tables would ask, in SQL of its own: nothing here
// comes from the job, so that whoever changes a figure there hears of it.
const weekAgo = addDays(asOf, -7);

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = temporaryFolderUntilTheEnd();
  const warehouse = join(folder, 'warehouse');
  await writeSampleCompany({ folder: warehouse, accounts: 300, asOf, seed: 1 });
  const config = written(folder, 'holdfast.yaml', sampleConfig);
  const surroundings = { clock: fakeClock(), progress: silentProgress };
  for (const day of [weekAgo, asOf]) {
    for (const job of [scoreAccounts, rollupRevenue, trackRenewals]) {
      await runJob(job, { config, asOf: day, out: join(folder, 'out') }, surroundings);
    }
  }
  const instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
}, 240_000);

afterAll(() => connection?.closeSync());

/** A table of the warehouse. */
const raw = (name: string): string => `'${join(folder, 'warehouse', name)}.parquet'`;

/** A table as it was published of a day. */
const published = (name: string, day: string = asOf): string =>
  `'${join(folder, 'out', partitionPath(name, day))}'`;

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await connection.runAndReadAll(sql)).getRowObjectsJson();

/** The rows in which two selections differ; one of them has to have rows at all. */
async function apart(mine: string, theirs: string): Promise<Record<string, unknown>[]> {
  const [counted] = await rowsOf(`SELECT count(*) AS n FROM (${mine})`);
  expect(Number(counted?.n)).toBeGreaterThan(0);
  return rowsOf(`(SELECT 'here' AS only, * FROM ((${mine}) EXCEPT ALL (${theirs})) a)
    UNION ALL (SELECT 'published', * FROM ((${theirs}) EXCEPT ALL (${mine})) b) LIMIT 10`);
}

/** The contract lines that nothing has decided, from the warehouse alone. */
const openLines = (): string => `
  SELECT l.contract_id, l.end_date AS term_end,
    CASE WHEN l.auto_renew AND l.notice_days IS NOT NULL
      THEN greatest(l.start_date, l.end_date - l.notice_days) ELSE l.end_date END AS decision_on,
    CAST(round(l.arr * coalesce(f.rate, 1) * 100 * pow(1 + coalesce(l.uplift_pct, 0) / 100,
      datesub('year', l.start_date, DATE '${asOf}'))) AS BIGINT) AS due
  FROM ${raw('contracts')} l
  JOIN ${raw('accounts')} USING (account_id)
  LEFT JOIN (SELECT currency, max_by(rate_to_reporting, day) AS rate FROM ${raw('fx_rates')}
    WHERE day < DATE '${asOf}' GROUP BY 1) f ON f.currency = l.currency
  WHERE l.signed_on < DATE '${asOf}' AND l.arr > 0
    AND l.start_date <= DATE '${asOf}' AND l.end_date > DATE '${asOf}'
    AND NOT coalesce(l.cancelled_on IS NOT NULL AND l.cancel_recorded_on < DATE '${asOf}', false)
    AND NOT EXISTS (FROM ${raw('contracts')} r WHERE r.contract_id = l.renewed_by
      AND r.signed_on < DATE '${asOf}' AND r.start_date > l.start_date)`;

describe('a second opinion in SQL', () => {
  test('agrees which lines are open, when they are decided, and what is due, to the cent', async () => {
    const theirs = `SELECT contract_id, term_end, decision_on, due_arr_cents AS due
      FROM ${published('renewals')} WHERE state = 'open'`;
    expect(await apart(openLines(), theirs)).toEqual([]);
  });

  test('agrees that what is live is the ARR of revenue, as a whole and by segment', async () => {
    const live = (segment: string, group: string) =>
      `SELECT ${segment} AS segment, sum(live_arr_cents) AS arr FROM ${published('renewals')}
       WHERE live_arr_cents > 0 ${group}`;
    const mine = `${live("'all'", '')} UNION ALL ${live('segment', 'GROUP BY 1')}`;
    const theirs = `SELECT cut_value, closing_arr_cents FROM ${published('revenue_rollups')}
      WHERE cut IN ('all', 'segment') AND window_end = DATE '${asOf}' AND is_default_method
        AND "window" = 'trailing_12_months' AND closing_arr_cents > 0`;
    expect(await apart(mine, theirs)).toEqual([]);
  });

  test('agrees that every open line of the coming year is forecast, and once', async () => {
    const mine = `SELECT contract_id FROM (${openLines()}) WHERE term_end <= DATE '${asOf}' + 365`;
    const theirs = `SELECT contract_id FROM ${published('renewal_forecast')} WHERE state = 'open'`;
    expect(await apart(mine, theirs)).toEqual([]);
  });

  test('agrees that what is expected is what is due by its probability', async () => {
    const wrong = `SELECT renewal_id, due_arr_cents, probability, expected_cents
      FROM ${published('renewal_forecast')}
      WHERE probability NOT BETWEEN 0 AND 1 OR expected_cents NOT BETWEEN 0 AND due_arr_cents
        OR abs(expected_cents - due_arr_cents * probability) > 0.500001`;
    expect(await rowsOf(wrong)).toEqual([]);
  });

  test.each([
    ['all', "'all'"],
    ['segment', 'segment'],
    ['owner', "coalesce(owner_email, '(none)')"],
    ['region', "coalesce(region, '(none)')"],
    ['product', "coalesce(product, '(none)')"],
  ])('agrees with the rollups by %s, month by month and quarter by quarter', async (cut, value) => {
    const figures = (period: string) => `SELECT ${value} AS cut_value, ${period} AS period,
        count(*) AS renewals, sum(due_arr_cents) AS due,
        coalesce(sum(expected_cents) FILTER (category = 'won'), 0) AS won,
        coalesce(sum(due_arr_cents - expected_cents)
          FILTER (category IN ('won', 'lost')), 0) AS lost,
        coalesce(sum(due_arr_cents) FILTER (category NOT IN ('won', 'lost')), 0) AS open,
        coalesce(sum(due_arr_cents) FILTER (category = 'at_risk'), 0) AS at_risk,
        sum(expected_cents) AS expected, sum(upsell_cents) AS upsell
      FROM ${published('renewal_forecast')} GROUP BY 1, 2`;
    const quarter = "year(due_on) || '-Q' || quarter(due_on)";
    const mine = `${figures("strftime(due_on, '%Y-%m')")} UNION ALL ${figures(quarter)}`;
    const theirs = `SELECT cut_value, period, renewals, due_arr_cents, won_arr_cents,
        lost_arr_cents, open_arr_cents, at_risk_cents, expected_cents, upsell_cents
      FROM ${published('renewal_rollups')} WHERE cut = '${cut}'`;
    expect(await apart(mine, theirs)).toEqual([]);
  });

  test('adds won, lost and open up to what is due, and commit up to best case', async () => {
    const wrong = `SELECT cut, cut_value, period FROM ${published('renewal_rollups')}
      WHERE due_arr_cents <> won_arr_cents + lost_arr_cents + open_arr_cents
        OR best_case_cents < commit_cents OR commit_cents < won_arr_cents
        OR best_case_cents + at_risk_cents + lost_arr_cents <> due_arr_cents`;
    expect(await rowsOf(wrong)).toEqual([]);
  });

  test('walks from the forecast of a week ago to that of today, to the cent', async () => {
    const expected = (day: string) => `SELECT quarter, sum(expected_cents) AS cents
      FROM ${published('renewal_forecast', day)} WHERE quarter >= '2026-Q4' GROUP BY 1`;
    const walk = (column: string) =>
      `SELECT quarter, ${column} FROM ${published('forecast_walk')} WHERE quarter <> 'all'`;
    expect(await apart(expected(weekAgo), walk('opening_cents'))).toEqual([]);
    expect(await apart(expected(asOf), walk('closing_cents'))).toEqual([]);
    const wrong = `SELECT quarter FROM ${published('forecast_walk')}
      WHERE since <> DATE '${weekAgo}' OR closing_cents <> opening_cents + new_cents + won_cents
        + lost_cents + moved_in_cents + moved_out_cents + up_cents + down_cents + gone_cents`;
    expect(await rowsOf(wrong)).toEqual([]);
    const [whole] = await rowsOf(`SELECT sum(opening_cents) AS opening, sum(won_cents) AS won,
        sum(lost_cents) AS lost, sum(moved_in_cents + moved_out_cents) AS moved
      FROM ${published('forecast_walk')} WHERE quarter <> 'all'`);
    const [all] = await rowsOf(`SELECT opening_cents AS opening, won_cents AS won,
        lost_cents AS lost, 0 AS moved FROM ${published('forecast_walk')} WHERE quarter = 'all'`);
    expect(Object.values(whole ?? {}).map(Number)).toEqual(Object.values(all ?? {}).map(Number));
  });

  test('finds each milestone that is reached between the last run and this one', async () => {
    const due = (steps: string) => `SELECT renewal_id, milestone_days FROM ${steps}`;
    // Nothing else than the dates: the nearest of those that came due this week, of an open term.
    const mine = due(`(SELECT renewal_id, min(days) AS milestone_days
      FROM ${published('renewals')}, (VALUES (120), (90), (60), (30)) step(days)
      WHERE state IN ('open', 'late') AND term_end > DATE '${asOf}' AND term_end - term_start >= 60
        AND decision_on - days > DATE '${weekAgo}' AND decision_on - days <= DATE '${asOf}'
        AND decision_on - days >= term_start GROUP BY 1)`);
    const theirs = due(`(FROM ${published('renewal_milestones')} WHERE state = 'reached')`);
    expect(await apart(mine, theirs)).toEqual([]);
    const wrong = `SELECT renewal_id FROM ${published('renewal_milestones')}
      WHERE state = 'reached' AND (reached_on <> DATE '${asOf}' OR milestone_on > DATE '${asOf}'
        OR milestone_on <= DATE '${weekAgo}'
        OR milestone_on + CAST(milestone_days AS INTEGER) <> clock_on)`;
    expect(await rowsOf(wrong)).toEqual([]);
  });
});
