import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { companyFolder, soundConfig } from '../../kit/company-folder.ts';
import { type FakeAthena, fakeAthena } from '../../kit/fake-athena.ts';
import { type FakeEventBridge, fakeEventBridge } from '../../kit/fake-event-bridge.ts';
import { type FakeS3, fakeS3 } from '../../kit/fake-s3.ts';
import { runCli } from '../../kit/run-cli.ts';

const onAthena = soundConfig().replace(
  'kind: duckdb, path: warehouse',
  'kind: athena, database: main',
);
let s3: FakeS3;
let athena: FakeAthena;
let bridge: FakeEventBridge;

beforeEach(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const { warehouse } = companyFolder();
  for (const file of readdirSync(warehouse)) {
    const rows = `read_csv('${join(warehouse, file)}', header = true)`;
    await connection.run(`CREATE TABLE ${file.replace('.csv', '')} AS SELECT * FROM ${rows}`);
  }
  s3 = await fakeS3();
  bridge = await fakeEventBridge();
  athena = await fakeAthena({ connection, s3, outputLocation: 's3://lake/scratch/results/' });
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.url);
  vi.stubEnv('AWS_ENDPOINT_URL_ATHENA', athena.url);
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', bridge.url);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([athena, s3, bridge].map((fake) => fake.close()));
});

test('a run and its explanation work from a laptop on Athena and S3', async () => {
  const { config } = companyFolder({ config: onAthena });
  const where = ['--config', config, '--as-of', '2026-11-22', '--out', 's3://lake'];
  expect(await runCli('run', 'score-accounts', ...where)).toMatchObject({
    code: 0,
    out: expect.stringContaining('s3://lake/tables/account_health/as_of=2026-11-22/part-0.parquet'),
  });
  expect(await runCli('explain', 'A-2', '--out', 's3://lake')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Corvid Bank (A-2)'),
  });
}, 60_000);

test('events of a run into S3 wait until a bus is named', async () => {
  const { config } = companyFolder({ config: onAthena });
  const where = ['--config', config, '--as-of', '2026-11-22', '--out', 's3://lake'];
  expect(await runCli('run', 'score-accounts', ...where)).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 event untold: run it again with --bus <name>.'),
  });
  expect(bridge.taken).toEqual([]);
  expect(await runCli('run', 'score-accounts', ...where, '--bus', 'holdfast')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 event told.'),
  });
  expect(bridge.taken).toMatchObject([{ EventBusName: 'holdfast', DetailType: 'AccountsScored' }]);
}, 60_000);

test('events of a run into a folder lie beside its results, each once', async () => {
  const { config, out } = companyFolder();
  const where = ['--config', config, '--as-of', '2026-11-22', '--out', out];
  for (const _ of ['a run', 'a rerun']) {
    expect(await runCli('run', 'score-accounts', ...where)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 event told.'),
    });
    const lines = readFileSync(join(out, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['AccountsScored']);
  }
}, 60_000);

test('Athena needs a place in S3, and says so', async () => {
  const { config } = companyFolder({ config: onAthena });
  expect(await runCli('doctor', '--config', config)).toMatchObject({
    code: 2,
    err: expect.stringContaining('s3://bucket'),
  });
});
