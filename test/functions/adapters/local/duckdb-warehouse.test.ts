import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../../../functions/adapters/local/duckdb-warehouse.ts';
import { companyFolder, temporaryFolder } from '../../../kit/company-folder.ts';

describe('a warehouse on this machine', () => {
  test.each([
    ['files elsewhere', (secret: string) => `SELECT * FROM read_csv('${secret}')`],
    ['the settings', () => 'SET enable_external_access = true'],
    ['writing', (secret: string) => `COPY (SELECT 1) TO '${secret}'`],
    ['extensions', () => 'INSTALL httpfs'],
  ])('keeps the SQL of a config away from %s', async (_, sql) => {
    const { warehouse: path } = companyFolder();
    const secret = join(temporaryFolder(), 'secret.csv');
    writeFileSync(secret, 'password\nhunter2\n');
    const warehouse = await duckdbWarehouse({ path });
    await expect(warehouse.read({ name: 'try', sql: sql(secret) })).rejects.toMatchObject({
      name: 'HoldfastError',
    });
    await warehouse.close();
  });

  test.each([
    ['nothing there', (folder: string) => join(folder, 'missing'), 'nothing'],
    ['an empty folder', (folder: string) => folder, 'without Parquet or CSV'],
    [
      'no database',
      (folder: string) => {
        writeFileSync(join(folder, 'a.db'), 'not a database, whatever the name says');
        return join(folder, 'a.db');
      },
      'DuckDB database',
    ],
    [
      'a broken Parquet file',
      (folder: string) => {
        writeFileSync(join(folder, 'a.parquet'), 'torn');
        return folder;
      },
      'a.parquet',
    ],
  ])('says what is wrong with %s', async (_, place, words) => {
    const opening = duckdbWarehouse({ path: place(temporaryFolder()) });
    await expect(opening).rejects.toMatchObject({
      kind: 'warehouse',
      message: expect.stringContaining(words),
    });
  });
});
