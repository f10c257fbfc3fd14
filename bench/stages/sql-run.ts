import { join } from 'node:path';
import { makeFolder } from '../../functions/adapters/local/make-folder.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { openWarehouse } from '../../functions/cli/open-warehouse.ts';
import type { Day } from '../../shared/basics/day.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { currencyOn } from '../../shared/jobs/quoted-rates.ts';
import { sqlText } from '../../shared/sources/sql.ts';
import { ENGINE_MB } from '../engine-memory.ts';
import { openTables } from '../open-tables.ts';
import { retold } from '../recorded-answers.ts';
import { dbtTests } from '../sql-model/dbt-tests.ts';
import { macros } from '../sql-model/macros.ts';
import { sqlModel } from '../sql-model/sql-model.ts';
import { readAnswers } from '../unloaded.ts';
import { asked, report, stopwatch } from './stage.ts';

/**
 * The same model wholly in DuckDB's SQL, given all the memory and threads that DuckDB takes. Before it
 * the checks of the job; or, where their answers are written down in a folder, tests as dbt runs them.
 */
const {
  config: file,
  asOf,
  out,
  answered,
} = asked<{ config: string; asOf: Day; out: string; answered?: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const engine = await openWarehouse(config, undefined, ENGINE_MB);
const warehouse =
  answered === undefined
    ? engine
    : { ...engine, read: retold((await readAnswers(answered)).answers) };
watch.lap('start');
const states = await inspectSources({ config, asOf, warehouse });
const currency = await currencyOn(warehouse, states, { asOf, currency: config.currency });
const tests = answered === undefined ? [] : dbtTests(states, { config, asOf });
await Promise.all(tests.map((test) => engine.read(test)));
await engine.close();
watch.lap('checks');

const { connection, close } = await openTables(config);
for (const macro of macros) await connection.run(macro);
const model = sqlModel({ config, states, asOf, currency });
await connection.run(model.features);
watch.lap('features');
await connection.run(model.models);
await connection.run(model.judged);
watch.lap('scoring');
await makeFolder(out);
const copy = async (name: string, select: string): Promise<number> => {
  const path = sqlText(join(out, `${name}.parquet`));
  const copied = await connection.run(
    `COPY (${select}) TO ${path} (FORMAT parquet, COMPRESSION snappy)`,
  );
  return Number(copied.rowsChanged);
};
const accounts = await copy('account_health', model.accountHealth);
const receipts = await copy('health_receipts', model.receipts);
watch.lap('publishing');
await close();
watch.lap('close');
report({ parts: watch.parts, accounts, counts: { receipts, tests: tests.length } });
