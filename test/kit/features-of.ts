import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import type { Day } from '../../shared/basics/day.ts';
import type { Config } from '../../shared/config/schema.ts';
import { type AccountRow, accountReader } from '../../shared/features/account-row.ts';
import { featureQuery } from '../../shared/features/feature-query.ts';
import { inspectSources } from '../../shared/jobs/inspect-sources.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import type { SourceState } from '../../shared/sources/finding.ts';
import { companyFolder, soundConfig, type Tables } from './company-folder.ts';

interface Company {
  readonly asOf: Day;
  /** Only these sources are configured. */
  readonly tables: Tables & { readonly accounts: string; readonly contracts: string };
  /** YAML to put after the config. */
  readonly extra?: string;
}

/** A few lines of CSV as a company to be asked about. */
export const openCompany = async ({ tables, extra }: Omit<Company, 'asOf'>) => {
  const config = soundConfig(extra)
    .split('\n')
    .filter((line) => {
      const source = /^ {2}(\w+): \{ table/.exec(line)?.[1];
      return source === undefined || source in tables;
    })
    .join('\n');
  const folder = companyFolder({ tables, config });
  return {
    config: await openConfig(folder.config),
    warehouse: await duckdbWarehouse({ path: folder.warehouse }),
  };
};

/** The account rows that the feature query gives for a few lines of CSV. */
export const featuresOf = async ({ asOf, ...company }: Company): Promise<AccountRow[]> => {
  const { config, warehouse } = await openCompany(company);
  const states = await inspectSources({ config, asOf, warehouse });
  const rows = await featureRows(states, { asOf, config, warehouse });
  await warehouse.close();
  return rows;
};

interface Asking {
  readonly asOf: Day;
  readonly config: Config;
  readonly warehouse: Warehouse;
}

/** The account rows of sources that have been inspected. */
export const featureRows = async (
  states: readonly SourceState[],
  { asOf, config, warehouse }: Asking,
): Promise<AccountRow[]> => {
  const sql = featureQuery(states, { asOf, ...config.currency });
  const query = { name: 'features', sql, runKey: 'test', orderBy: 'account_id', rowsExpected: 10 };
  const accountsOf = accountReader(asOf);
  const rows: AccountRow[] = [];
  for await (const batch of warehouse.stream(query)) {
    for (const row of accountsOf(batch)) rows.push(copyOf(row));
  }
  return rows;
};

/** With those fields that the row has from its prototype. */
function copyOf(row: AccountRow): AccountRow {
  const copy: Record<string, unknown> = {};
  for (const name in row) copy[name] = row[name as keyof AccountRow];
  return copy as AccountRow;
}
