import { canonicalJson } from '../basics/digest.ts';
import { csvFileName, dataPackage } from '../finance/data-package.ts';
import { definitionsText, type ForecastWords } from '../finance/definitions-text.ts';
import {
  type FinanceManifest,
  financeFolder,
  financeManifest,
  type Reconciliation,
} from '../finance/finance-manifest.ts';
import { type CsvFile, csvFile } from '../publish/csv-file.ts';
import type { OtherFile, OtherFiles } from '../publish/other-files.ts';
import { forecastWalk, renewalForecast, renewalRollups } from '../publish/renewal-tables.ts';
import type { Run } from '../publish/run-key.ts';
import type { Table } from '../publish/table.ts';

export interface FinanceFiles {
  readonly forecast: Pick<CsvFile<typeof renewalForecast>, 'add'>;
  readonly rollups: Pick<CsvFile<typeof renewalRollups>, 'add'>;
  readonly walk: Pick<CsvFile<typeof forecastWalk>, 'add'>;
  /** Writes out what has come together; call it as often as that of a table. */
  flush(): Promise<void>;
  /** Ends the CSVs and writes beside them what they are; the manifest comes last. */
  finish(facts: { words: ForecastWords; reconciliation: Reconciliation }): Promise<void>;
}

/** The folder that finance syncs, filled with the very rows that go into the tables. */
export const financeFiles = async (others: OtherFiles, run: Run): Promise<FinanceFiles> => {
  const folder = financeFolder(run.asOf);
  const forecast = await openCsv(others, folder, renewalForecast, ['renewal_id']);
  const rollups = await openCsv(others, folder, renewalRollups, ROLLUP_KEY);
  const walk = await openCsv(others, folder, forecastWalk, ['quarter']);
  const csvs = [forecast, rollups, walk];

  return {
    forecast: forecast.csv,
    rollups: rollups.csv,
    walk: walk.csv,
    async flush() {
      for (const { file } of csvs) await file.flush();
    },
    async finish({ words, reconciliation }) {
      const written = [];
      for (const { table, primaryKey, file, csv } of csvs) {
        const { sha256, bytes, rows } = await file.finish();
        const totals = csv.totals();
        written.push({ table, primaryKey, name: csvFileName(table), sha256, bytes, rows, totals });
      }
      const { asOf, definitions } = run;
      const tables = csvs.map(({ table }) => table);
      const prose = definitionsText({ asOf, definitions, words, tables });
      const described = canonicalJson(dataPackage(run, written));
      const files: FinanceManifest['files'] = [
        ...written.map(({ table: _table, primaryKey: _key, ...file }) => file),
        await writeWhole(others, folder, 'definitions.md', prose),
        await writeWhole(others, folder, 'datapackage.json', described),
      ];
      const manifest = financeManifest(run, words.currency, files, reconciliation);
      await writeWhole(others, folder, 'manifest.json', canonicalJson(manifest));
    },
  };
};

const ROLLUP_KEY = ['cut', 'cut_value', 'period_kind', 'period'];

interface OpenCsv<T extends Table> {
  readonly table: T;
  readonly primaryKey: readonly string[];
  readonly file: OtherFile;
  readonly csv: CsvFile<T>;
}

async function openCsv<T extends Table>(
  others: OtherFiles,
  folder: string,
  table: T,
  primaryKey: readonly string[],
): Promise<OpenCsv<T>> {
  const file = await others.open(`${folder}/${csvFileName(table)}`);
  return { table, primaryKey, file, csv: csvFile(table, file) };
}

async function writeWhole(
  others: OtherFiles,
  folder: string,
  name: string,
  text: string,
): Promise<FinanceManifest['files'][number]> {
  const file = await others.open(`${folder}/${name}`);
  file.add(text);
  const { sha256, bytes } = await file.finish();
  return { name, sha256, bytes, rows: null, totals: {} };
}
