import Ajv from 'ajv-draft-04';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../shared/basics/digest.ts';
import { financeFolder, financeManifestSchema } from '../../../shared/finance/finance-manifest.ts';
import { financeFiles } from '../../../shared/jobs/finance-files.ts';
import { writeTables } from '../../../shared/publish/publication.ts';
import { renewalForecast } from '../../../shared/publish/renewal-tables.ts';
import profile from '../../kit/frictionless/tabular-data-package.json' with { type: 'json' };
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import {
  forecastRows,
  forecastWords,
  publishForecast,
  renewalDay,
  renewalRun,
} from '../../kit/renewal-rows.ts';

const folder = financeFolder(renewalDay);

const published = async () => {
  const store = memoryObjectStore();
  const files = await publishForecast(store);
  const bytesOf = (name: string) =>
    store.objects.get(`${folder}/${name}`)?.bytes ?? new Uint8Array();
  const textOf = (name: string) => new TextDecoder().decode(bytesOf(name));
  return { store, files, bytesOf, textOf, jsonOf: (name: string) => JSON.parse(textOf(name)) };
};

describe('the folder for finance', () => {
  test('holds three CSVs and what describes them, its manifest last', async () => {
    const { files } = await published();
    expect(files.map(({ published_as }) => published_as)).toEqual(
      [
        'renewal_forecast.csv',
        'renewal_rollups.csv',
        'forecast_walk.csv',
        'definitions.md',
        'datapackage.json',
        'manifest.json',
      ].map((name) => `${folder}/${name}`),
    );
  });

  test('names hashes, rows and totals that another reader finds', async () => {
    const { bytesOf, textOf, jsonOf } = await published();
    const manifest = financeManifestSchema.parse(jsonOf('manifest.json'));
    for (const { name, sha256: digest, bytes, rows } of manifest.files) {
      expect([sha256(bytesOf(name)), bytesOf(name).length]).toEqual([digest, bytes]);
      if (rows !== null) expect(parse(textOf(name), { columns: true })).toHaveLength(rows);
    }
    const [forecast] = manifest.files;
    expect(forecast?.totals).toEqual({
      due_arr: '600002.60',
      expected: '555002.40',
      upsell: '0.00',
    });
    expect(manifest.reconciliation).toEqual({
      arr_of_revenue_rollups: '600002.50',
      live_arr_of_renewals: '600002.50',
      difference: '0.00',
    });
  });

  test('is described as the official schema of Data Package has it', async () => {
    const { jsonOf } = await published();
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(profile);
    const described = jsonOf('datapackage.json');
    validate(described);
    expect(validate.errors).toBeNull();
    described.resources[0].schema.fields[0].type = 'cents';
    expect(validate(described), 'the schema notices').toBe(false);
  });

  test('describes the columns that the CSVs have', async () => {
    const { textOf, jsonOf, bytesOf } = await published();
    for (const { path, hash, bytes, schema } of jsonOf('datapackage.json').resources) {
      const [header] = parse(textOf(path), { toLine: 1 });
      expect(schema.fields.map(({ name }: { name: string }) => name)).toEqual(header);
      expect([hash, bytes]).toEqual([`sha256:${sha256(bytesOf(path))}`, bytesOf(path).length]);
      for (const key of schema.primaryKey) expect(header).toContain(key);
    }
  });

  test('has the same bytes in every run over the same rows', async () => {
    const [once, again] = [await published(), await published()];
    expect(again.files).toEqual(once.files);
  });

  test('says in words what every column means, and lets no word of the config out', async () => {
    const { textOf } = await published();
    const words = textOf('definitions.md');
    for (const name of Object.keys(renewalForecast.columns))
      expect(words).toContain(`| \`${name.replace(/_cents$/, '')}\` |`);
    for (const said of ['2026-11-22', 'USD', 'renewals-1', renewalRun.definitions.hash])
      expect(words).toContain(said);
    expect(words).toContain('| negotiation \\| &lt;b>legal&lt;/b> |');
  });

  test('is not written when the forecast does not reconcile', async () => {
    const store = memoryObjectStore();
    const writing = writeTables(store, renewalRun, {}, async (_, others) => {
      const finance = await financeFiles(others, renewalRun);
      for (const row of forecastRows(3)) finance.forecast.add(row);
      const reconciliation = { revenueArrCents: 100, renewalsArrCents: 101 };
      await finance.finish({ words: forecastWords, reconciliation });
    });
    await expect(writing).rejects.toThrow('reconciles');
    expect([...store.objects.keys()].filter((key) => key.startsWith('finance/'))).toEqual([]);
  });
});
