import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { bridgeSql, perCustomerSql } from '../../../bench/sql-model/bridge-sql.ts';
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

/** The same figures in plain SQL: who changes one without the other hears of it. */
const secondOpinion = (warehouse: string): string => {
  const table = (name: string) => `'${join(warehouse, name)}.parquet'`;
  const tables = {
    accounts: table('accounts'),
    contracts: table('contracts'),
    fx_rates: table('fx_rates'),
  };
  return bridgeSql(`(${perCustomerSql({ asOf, tables })})`);
};

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
