import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { financeFolder } from '../../../shared/finance/finance-manifest.ts';
import { partitionPath, writeTables } from '../../../shared/publish/publication.ts';
import { renewalForecast } from '../../../shared/publish/renewal-tables.ts';
import { temporaryFolderUntilTheEnd } from '../../kit/lasting-folder.ts';
import { forecastRows, publishForecast, renewalDay, renewalRun } from '../../kit/renewal-rows.ts';
import { trinoComplaints } from '../../sql/trino-rules.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/finance.md'), 'utf8');
const [athena = '', csv = ''] = [...guide.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) => sql);

const categories = ['won', 'commit', 'at_risk'];
const rows = forecastRows(300).map((row, index) => ({
  ...row,
  quarter: index % 2 === 0 ? '2026-Q4' : '2027-Q1',
  category: categories[index % 3] ?? '',
}));

let results: string;

beforeAll(async () => {
  results = temporaryFolderUntilTheEnd();
  const store = folderObjectStore(results);
  await publishForecast(store, { rows });
  const [file] = await writeTables(store, renewalRun, { renewalForecast }, async (open) => {
    for (const row of rows) open.renewalForecast.add(row);
  });
  await store.copy(file?.path ?? '', partitionPath('renewal_forecast', renewalDay));
});

const answer = async (sql: string) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const table = join(results, 'tables/renewal_forecast/as_of=*/part-0.parquet');
  await connection.run(
    `CREATE VIEW renewal_forecast AS SELECT * FROM read_parquet('${table}', hive_partitioning = true)`,
  );
  const read = await connection.runAndReadAll(sql);
  return read.getRowObjectsJson();
};

test('the queries of the guide for finance run, and agree to the cent', async () => {
  const fetched = join(results, financeFolder(renewalDay));
  const ofTable = await answer(athena);
  const ofCsv = await answer(csv.replace('forecast-2026-11-22', fetched));
  expect(ofTable).toEqual(ofCsv);
  expect(ofTable).toHaveLength(6);
  const sum = rows
    .filter(({ quarter, category }) => quarter === '2026-Q4' && category === 'won')
    .reduce((cents, row) => cents + row.due_arr_cents, 0);
  expect(
    ofTable.find(({ quarter, category }) => quarter === '2026-Q4' && category === 'won'),
  ).toEqual(expect.objectContaining({ renewals: '50', due_arr: (sum / 100).toFixed(2) }));
});

test('the query for Athena is read by the grammar of Trino', () => {
  expect(trinoComplaints(athena)).toEqual([]);
});
