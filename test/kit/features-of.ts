import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import type { Day } from '../../shared/basics/day.ts';
import { type AccountRow, accountRows } from '../../shared/features/account-row.ts';
import { featureQuery } from '../../shared/features/feature-query.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import { companyFolder, soundConfig, type Tables } from './company-folder.ts';

interface Company {
  readonly asOf: Day;
  /** Only these sources are configured. */
  readonly tables: Tables & { readonly accounts: string; readonly contracts: string };
}

/** The account rows that the feature query gives for a few lines of CSV. */
export const featuresOf = async ({ asOf, tables }: Company): Promise<AccountRow[]> => {
  const config = soundConfig()
    .split('\n')
    .filter((line) => {
      const source = /^ {2}(\w+): \{ table/.exec(line)?.[1];
      return source === undefined || source in tables;
    })
    .join('\n');
  const folder = companyFolder({ tables, config });
  const parsed = await openConfig(folder.config);
  const warehouse = await duckdbWarehouse({ path: folder.warehouse });
  const states = await inspectSources({ config: parsed, asOf, warehouse });
  const sql = featureQuery(states, { asOf, ...parsed.currency });
  const query = { name: 'features', sql, runKey: 'test', orderBy: 'account_id', rowsExpected: 10 };
  const rows: AccountRow[] = [];
  for await (const batch of warehouse.stream(query)) {
    for (const row of accountRows(batch, asOf)) rows.push({ ...row });
  }
  await warehouse.close();
  return rows;
};
