import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dbtTests } from '../../bench/sql-model/dbt-tests.ts';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { AS_OF, writeCompanies } from './company-queries.ts';

test('what the benchmark takes the time of as tests of dbt finds what the job finds', async () => {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-dbt-'));
  const companies = await writeCompanies(root, 40);
  const untidy = companies.find(({ title }) => title === 'untidy');
  if (untidy === undefined) throw new Error('there is an untidy company');
  const { config, folder } = untidy;
  const warehouse = await duckdbWarehouse({ path: folder });
  const states = await inspectSources({ config, asOf: AS_OF, warehouse });
  const failing: string[] = [];
  for (const { name, sql } of dbtTests(states, { config, asOf: AS_OF })) {
    const { rows } = await warehouse.read({ name, sql });
    if (Number(rows[0]?.failures) > 0) failing.push(name);
  }
  await warehouse.close();
  await rm(root, { recursive: true, force: true });
  const found = states
    .filter(({ sql }) => sql !== null)
    .flatMap(({ id, findings }) =>
      findings
        .filter(({ rows }) => rows !== null)
        .map(({ column, check }) => `${id}-${column}-${check}`),
    );
  // The job looks for days out of range among rows that are not yet known, too; a model has none of them.
  const ofKnown = (names: readonly string[]) =>
    names.filter((name) => !name.endsWith('-date_out_of_range')).toSorted();
  expect(ofKnown(failing)).toEqual(ofKnown(found));
  expect(ofKnown(found).length).toBeGreaterThan(10);
});
