import { join } from 'node:path';
import { makeFolder } from '../../functions/adapters/local/make-folder.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import type { Day } from '../../shared/basics/day.ts';
import { sqlText } from '../../shared/sources/sql.ts';
import { openTables } from '../open-tables.ts';
import { bridgeSql, perCustomerSql } from '../sql-model/bridge-sql.ts';
import { asked, report, stopwatch } from './stage.ts';

const CUTS = [[], ['segment'], ['region'], ['owner_email']];

/** The same bridge and the twelve months behind each month, wholly in DuckDB's SQL, by four cuts. */
const { config: file, asOf, out } = asked<{ config: string; asOf: Day; out: string }>();
const watch = stopwatch();
const config = await openConfig(file);
const { connection, close } = await openTables(config);
watch.lap('start');
const tables = { accounts: 'accounts', contracts: 'contracts', fx_rates: 'fx_rates' };
await connection.run(`CREATE TABLE moved AS ${perCustomerSql({ asOf, tables })}`);
watch.lap('movements');
await makeFolder(out);
const copy = (name: string, select: string) =>
  connection.run(`COPY (${select}) TO ${sqlText(join(out, `${name}.parquet`))} (FORMAT parquet)`);
await copy('arr_movements', `SELECT * FROM moved WHERE kind = 'month' ORDER BY customer, closes`);
for (const by of CUTS) await copy(`bridge_${by[0] ?? 'all'}`, bridgeSql('moved', by));
watch.lap('bridge');
await close();
report({ parts: watch.parts, accounts: 0, counts: {} });
