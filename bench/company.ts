import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { makeFolder } from '../functions/adapters/local/make-folder.ts';
import { writeSampleCompany } from '../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../functions/cli/sample-config.ts';
import { sqlText } from '../shared/sources/sql.ts';
import { madeOnce } from './cache.ts';
import { copiedRows } from './copied-rows.ts';
import { AS_OF } from './day.ts';

/** Beyond it copies are made: told one by one, a million accounts take a quarter of an hour. */
const MOST_TOLD = 100_000;

/** A folder with holdfast.yaml and the warehouse of a company of that many accounts. */
export const companyOf = async (accounts: number, cache: string): Promise<string> => {
  const copies = Math.ceil(accounts / MOST_TOLD);
  if (copies > 1 && copies * MOST_TOLD !== accounts) {
    throw new RangeError(`${accounts} accounts are not a multiple of ${MOST_TOLD}`);
  }
  const by = ['functions/cli/sample-company'];
  return madeOnce({ within: cache, name: `company-${accounts}`, by }, async (folder) => {
    const warehouse = join(folder, 'warehouse');
    await makeFolder(warehouse);
    if (copies === 1) {
      await writeSampleCompany({ folder: warehouse, accounts, asOf: AS_OF, seed: 1 });
    } else {
      await copyTables(join(await companyOf(MOST_TOLD, cache), 'warehouse'), warehouse, copies);
    }
    await writeFile(join(folder, 'holdfast.yaml'), sampleConfig);
  });
};

async function copyTables(from: string, to: string, copies: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const file of (await readdir(from)).filter((name) => name.endsWith('.parquet'))) {
    const rows = `read_parquet(${sqlText(join(from, file))})`;
    const each = await copiedRows(connection, rows, { copies, mark: 'c' });
    const format = 'FORMAT parquet, COMPRESSION zstd';
    await connection.run(
      `COPY (${each.join('\nUNION ALL ')}) TO ${sqlText(join(to, file))} (${format})`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}
