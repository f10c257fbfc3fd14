import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { filesStanding } from '../../../functions/cli/files-standing.ts';
import { financeFolder } from '../../../shared/finance/finance-manifest.ts';
import { temporaryFolder } from '../../kit/company-folder.ts';
import { type FakeS3, fakeS3 } from '../../kit/fake-s3.ts';
import { temporaryFolderUntilTheEnd } from '../../kit/lasting-folder.ts';
import { forecastRows, publishForecast, renewalDay } from '../../kit/renewal-rows.ts';
import { runCli } from '../../kit/run-cli.ts';

let results: string;

beforeAll(async () => {
  results = temporaryFolderUntilTheEnd();
  await publishForecast(folderObjectStore(results), { rows: forecastRows(3_000) });
});

/** A copy of the folder, as finance has fetched it. */
const fetched = (): string => {
  const folder = temporaryFolder();
  cpSync(join(results, financeFolder(renewalDay)), folder, { recursive: true });
  return folder;
};

const edited = (name: string, edit: (text: string) => string): string => {
  const folder = fetched();
  const path = join(folder, name);
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
  return folder;
};

const CSV = 'renewal_forecast.csv';
const lines = (text: string) => text.split('\r\n');

describe('verify', () => {
  test('holds a forecast that is whole, by its folder or by the results and a day', async () => {
    for (const words of [[fetched()], [results, '--as-of', renewalDay]]) {
      const { code, out, err } = await runCli('verify', ...words);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(
        /ok {3}renewal_forecast\.csv: 3,000 rows, \d+ bytes, sha256 \w+…, due_arr/,
      );
      expect(out).toContain('All 9 checks hold.');
    }
  });

  test.each([
    [
      'one cent changed',
      () => edited(CSV, (text) => text.replace('120000.51', '120000.52')),
      ['found     due_arr: 360046485.01', 'expected  due_arr: 360046485.00 in all', 'sha256'],
    ],
    [
      'a row removed',
      () => edited(CSV, (text) => lines(text).toSpliced(7, 1).join('\r\n')),
      ['found     2,999 rows', 'expected  3,000 rows', 'bytes'],
    ],
    [
      'cut off in a row',
      () => edited(CSV, (text) => text.slice(0, 100_007)),
      ['expected  869895 bytes', 'found     Invalid Record Length'],
    ],
    [
      'cut off between rows',
      () => edited(CSV, (text) => `${lines(text).slice(0, 11).join('\r\n')}\r\n`),
      ['found     10 rows'],
    ],
    ['emptied', () => edited(CSV, () => ''), ['found     0 bytes', 'found     the header ""']],
    [
      'saved with semicolons',
      () => edited(CSV, (text) => text.replaceAll(',', ';')),
      ['found     the header "renewal_id;contract_id;', 'one with due_arr, expected, upsell'],
    ],
    [
      'saved with decimal commas',
      () => edited(CSV, (text) => text.replace('120000.51', '"120000,51"')),
      ['found     "120000,51" as due_arr of row 2', 'decimals such as 12.50'],
    ],
    [
      'saved without quotes',
      () => edited(CSV, (text) => text.replaceAll('"', '')),
      ['found     Invalid Record Length'],
    ],
    [
      'saved with a byte order mark',
      () => edited(CSV, (text) => `\ufeff${text}`),
      ['bytes', 'Fetch the folder again'],
    ],
    [
      'a definition changed',
      () => edited('definitions.md', (text) => text.replace('USD', 'EUR')),
      ['BAD  definitions.md', 'found     sha256'],
    ],
    [
      'the description of another run',
      () => edited('datapackage.json', (text) => text.replace(/sha256:\w/, 'sha256:x')),
      ['BAD  datapackage.json names the same files', 'found     renewal_forecast.csv of'],
    ],
    [
      'a file missing',
      () => {
        const folder = fetched();
        rmSync(join(folder, 'forecast_walk.csv'));
        return folder;
      },
      ['BAD  forecast_walk.csv', 'found     nothing'],
    ],
    [
      'a file too many',
      () => {
        const folder = fetched();
        writeFileSync(join(folder, 'renewal_forecast (1).csv'), '');
        return folder;
      },
      ['BAD  nothing else stands there', 'where     renewal_forecast (1).csv'],
    ],
    [
      'a reconciliation that does not',
      () => edited('manifest.json', (text) => text.replace('"600002.50"', '"600002.51"')),
      ['BAD  reconciles to revenue_rollups', 'a difference of 0.01, told as 0.00'],
    ],
    [
      'a broken manifest',
      () => edited('manifest.json', (text) => text.slice(0, -9)),
      ['BAD  manifest.json', 'found     text that is not JSON'],
    ],
    [
      'a manifest of something else',
      () => edited('manifest.json', () => '{"as_of": "2026-11-22"}'),
      ['found     JSON of another shape (schema_version'],
    ],
    [
      'a manifest that leads out of the folder',
      () => edited('manifest.json', (text) => text.replace(CSV, '../secret.csv')),
      ['found     JSON of another shape (files.0.name: expected the name of a file)'],
    ],
  ])('%s is found', async (_, folder, words) => {
    const { code, out, err } = await runCli('verify', folder());
    expect({ code, err }).toEqual({ code: 1, err: '' });
    for (const said of words) expect(out).toContain(said);
    expect(out).toMatch(/\d of \d checks? do(es)? not hold\.$/);
  });

  test.each([
    ['no folder', () => join(results, 'nowhere')],
    ['a file', () => join(results, financeFolder(renewalDay), 'manifest.json')],
    ['no bucket', () => 's3://'],
    ['nothing at all', () => ' '],
  ])('%s is asked wrongly, and no finding', async (_, place) => {
    const { code, err } = await runCli('verify', place());
    expect(code).toBe(2);
    expect(err).toContain('a folder with the manifest.json of a forecast');
  });

  describe('in S3', () => {
    let s3: FakeS3;

    beforeEach(async () => {
      s3 = await fakeS3();
      const under = financeFolder(renewalDay);
      for (const name of readdirSync(join(results, under)))
        s3.put(`lake/holdfast/${under}/${name}`, readFileSync(join(results, under, name)));
      vi.stubEnv('AWS_REGION', 'eu-west-1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKE');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake');
      vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.url);
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      await s3.close();
    });

    test('a forecast is checked where it lies, also where nobody may list it', async () => {
      const { code, out } = await runCli('verify', 's3://lake/holdfast', '--as-of', renewalDay);
      expect(code).toBe(0);
      expect(out).toContain('ok   renewal_forecast.csv: 3,000 rows');
      expect(out).toContain('not looked for: the place cannot be listed');
    });

    test('an object too many is found', async () => {
      const under = `holdfast/${financeFolder(renewalDay)}/`;
      const listing = mockClient(S3Client);
      const asked = { Bucket: 'lake', Prefix: under };
      const Contents = ['manifest.json', 'stray.csv'].map((name) => ({ Key: `${under}${name}` }));
      listing.on(ListObjectsV2Command, asked).resolves({ Contents });
      const found = await filesStanding('s3://lake/holdfast/', financeFolder(renewalDay));
      listing.restore();
      expect(found).toEqual(['manifest.json', 'stray.csv']);
    });
  });

  test.each([
    ['no place', ['']],
    ['no day', ['x', '--as-of', 'today']],
    ['nothing', []],
  ])('wrong usage: %s', async (_, words) => {
    expect(await runCli('verify', ...words)).toMatchObject({ code: 2 });
  });
});
