import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { emlMailer } from '../../functions/adapters/local/eml-mailer.ts';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import { jsonlEventBus } from '../../functions/adapters/local/jsonl-event-bus.ts';
import { writeSampleCompany } from '../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../functions/cli/sample-config.ts';
import { writeBundle } from '../../infra/bundled-job.ts';
import { toDay } from '../../shared/basics/day.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../shared/jobs/track-renewals.ts';
import { type FakeAthena, fakeAthena } from '../kit/fake-athena.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { type FakeEventBridge, fakeEventBridge } from '../kit/fake-event-bridge.ts';
import { type FakeS3, fakeS3 } from '../kit/fake-s3.ts';
import { silentProgress } from '../kit/silent-progress.ts';
import { invokeAsset } from './invoke-asset.ts';

const asOf = toDay('2026-11-22');
const event = { scheduledTime: `${asOf}T05:00:00Z` };
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-asset-'));
const asset = join(scratch, 'asset');
const company = join(scratch, 'company');
const athenaConfig = sampleConfig.replace(
  /warehouse:\n.*\n.*\n/,
  'warehouse:\n  kind: athena\n  database: main\n',
);

const duckdb = await DuckDBInstance.create(':memory:');
const connection = await duckdb.connect();
const START = 'StartQueryExecution';
const ANALYSIS = { write: false, metafile: true, format: 'esm', logLevel: 'silent' } as const;
const UNLOAD = /^\s*(\/\*.*?\*\/)?\s*UNLOAD\b/;

const revenueAsset = join(scratch, 'revenue-asset');
const renewalsAsset = join(scratch, 'renewals-asset');

let published: Record<string, string>;
let s3: FakeS3;
let athena: FakeAthena;
let bridge: FakeEventBridge;
let startsBeforeUnload: number;
let puts: number;

beforeAll(async () => {
  writeBundle({ job: 'score-accounts', configText: athenaConfig }, asset);
  writeBundle({ job: 'rollup-revenue', configText: athenaConfig }, revenueAsset);
  writeBundle({ job: 'track-renewals', configText: athenaConfig }, renewalsAsset);
  await writeSampleCompany({ folder: company, accounts: 120, asOf, seed: 1 });
  for (const file of readdirSync(company)) {
    const rows = `read_parquet('${join(company, file)}')`;
    await connection.run(`CREATE VIEW ${file.replace('.parquet', '')} AS SELECT * FROM ${rows}`);
  }
  published = await publishedLocally();

  // An undisturbed run, for the faults below to be aimed by.
  await openCloud();
  await deliver();
  startsBeforeUnload = athena.executions.findIndex(({ sql }) => UNLOAD.test(sql));
  puts = s3.calls.filter((operation) => operation === 'PutObject').length;
  await closeCloud();
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const openCloud = async () => {
  s3 = await fakeS3();
  bridge = await fakeEventBridge();
  athena = await fakeAthena({ connection, s3, outputLocation: 's3://lake/scratch/results/' });
};
const closeCloud = async () =>
  void (await Promise.all([athena, s3, bridge].map((fake) => fake.close())));

beforeEach(openCloud);
afterEach(closeCloud);

const eventsOf = (job: string): string => join(scratch, `events of ${job}.jsonl`);

/** The events of a job on this machine, as EventBridge would be given them. */
const toldLocally = (job: string) =>
  readFileSync(eventsOf(job), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ type, metadata, data }) => ({ type, metadata, data }));

/** What the fake EventBridge has taken, in order. */
const told = () =>
  bridge.taken.map(({ DetailType: type, Detail }) => ({ type, ...JSON.parse(Detail) }));

/** The same job on this machine: DuckDB over the same files, results in a folder; others before it. */
async function publishedLocally(
  job: Job = scoreAccounts,
  after: readonly Job[] = [],
): Promise<Record<string, string>> {
  const warehouse = await duckdbWarehouse({ path: company });
  const results = join(scratch, `results of ${job.name}`);
  const config = loadConfig({ text: sampleConfig, file: 'holdfast.yaml' });
  const store = folderObjectStore(results);
  const mail = { mailer: null, draft: emlMailer(store), random: Math.random };
  const ports = { warehouse, store, mail, clock: fakeClock(), progress: silentProgress };
  for (const one of [...after, job]) {
    await one.run({ asOf, config }, { ...ports, bus: jsonlEventBus(eventsOf(one.name)) });
  }
  await warehouse.close();
  const files = readdirSync(results, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(results, path), readFileSync(path, 'base64')]),
  );
}

/** All that stands in the fake S3 but for scratch. */
const stored = (): Record<string, string> =>
  Object.fromEntries(
    [...s3.objects]
      .filter(([name]) => !name.startsWith('lake/scratch/'))
      .map(([name, { body }]) => [name.replace('lake/', ''), body.toString('base64')]),
  );

/** How mail stands says when it came there; all else knows nothing of the time. */
const untimed = (objects: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(objects).map(([key, body]) => {
      if (!/^outbox\/.*\/state\.json$/.test(key)) return [key, body];
      const { at: _, history, ...state } = JSON.parse(Buffer.from(body, 'base64').toString());
      const steps = history.map(({ state }: { state: string }) => state);
      return [key, JSON.stringify({ ...state, steps })];
    }),
  );

const deliver = (options: { event?: unknown; remainingMs?: number; asset?: string } = {}) =>
  invokeAsset({
    asset,
    event,
    remainingMs: 840_000,
    ...options,
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_ATHENA: athena.url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: bridge.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      HOLDFAST_BUCKET: 'lake',
      HOLDFAST_BUS: 'holdfast-test',
      HOLDFAST_BUCKET_OWNER: '111122223333',
      HOLDFAST_WORKGROUP: 'holdfast',
      POWERTOOLS_SERVICE_NAME: 'holdfast-test',
    },
  });

/** Plans a fault for the nth call of an operation from now on, and for none before it. */
function faultAt(
  fake: FakeS3 | FakeAthena | FakeEventBridge,
  operation: string,
  nth: number,
  plan: () => void,
) {
  let seen = 0;
  const push = fake.calls.push.bind(fake.calls);
  fake.calls.push = (called) => {
    if (called === operation) seen += 1;
    if (called === operation && seen === nth) plan();
    return push(called);
  };
}

const unloads = () => athena.executions.filter(({ sql }) => UNLOAD.test(sql));

describe('the asset', () => {
  test('holds one module, its map and the config, well below the limits of Lambda', () => {
    expect(readdirSync(asset).sort()).toEqual(['holdfast.yaml', 'index.mjs', 'index.mjs.map']);
    const bytes = readdirSync(asset).reduce(
      (sum, file) => sum + statSync(join(asset, file)).size,
      0,
    );
    expect(bytes).toBeLessThan(5e6);
    expect(readFileSync(join(asset, 'holdfast.yaml'), 'utf8')).toBe(athenaConfig);
  });

  test('needs nothing but Node: no package, no native module', () => {
    const entryPoints = [join(asset, 'index.mjs')];
    const built = buildSync({ entryPoints, bundle: true, platform: 'node', ...ANALYSIS });
    const imports = Object.values(built.metafile.outputs).flatMap(({ imports }) => imports);
    expect(Object.keys(built.metafile.inputs)).toHaveLength(1);
    expect(imports.length).toBeGreaterThan(5);
    expect(imports.filter(({ path }) => !builtinModules.includes(path.slice(5)))).toEqual([]);
    const code = readFileSync(join(asset, 'index.mjs'), 'utf8');
    expect(/\.node["'`]\)|@duckdb/.test(code)).toBe(false);
  });

  test('is the same, byte for byte, wherever it is built', () => {
    const elsewhere = join(scratch, 'some other', 'folder');
    writeBundle({ job: 'score-accounts', configText: athenaConfig }, elsewhere);
    for (const file of readdirSync(asset)) {
      const [here, there] = [asset, elsewhere].map((folder) => readFileSync(join(folder, file)));
      expect(there?.equals(here as Buffer)).toBe(true);
    }
  });
});

describe('a delivery', () => {
  test('publishes what a run on this machine publishes, byte for byte', async () => {
    const { summary } = await deliver();
    expect(summary).toMatchObject({ as_of: asOf, computed: true, latest: true });
    expect(summary).toMatchObject({ summary: { accounts: 120 } });
    // A file and a partition of each table, the manifest, the pointers of the day and the job, and
    // the note of the events.
    expect(Object.keys(published)).toHaveLength(2 * scoreAccounts.tables.length + 4);
    expect(stored()).toEqual(published);
    expect(Object.keys(stored()).slice(-2)).toEqual([
      'latest/score-accounts.json',
      expect.stringMatching(/events-delivered\.json$/),
    ]);
    expect(summary).toMatchObject({ events: { planned: 1, delivered: 1 } });
    expect(told()).toEqual(toldLocally('score-accounts'));
    expect(bridge.taken).toMatchObject([
      { EventBusName: 'holdfast-test', Source: 'holdfast', DetailType: 'AccountsScored' },
    ]);
  });

  test('of rollup-revenue publishes what it publishes on this machine, byte for byte', async () => {
    const { summary } = await deliver({ asset: revenueAsset });
    expect(summary).toMatchObject({ job: 'rollup-revenue', computed: true, latest: true });
    const local = await publishedLocally(rollupRevenue);
    expect(Object.keys(local)).toHaveLength(2 * rollupRevenue.tables.length + 4);
    expect(stored()).toEqual(local);
    expect(told()).toEqual(toldLocally('rollup-revenue'));
    const before = stored();
    expect((await deliver({ asset: revenueAsset })).summary).toMatchObject({ computed: false });
    expect(stored()).toEqual(before);
  });

  test('of track-renewals, by the event of the bus, publishes what it does on this machine', async () => {
    const early = await deliver({ asset: renewalsAsset, event: { asOf } });
    expect(early.error).toMatch(/rollup-revenue of 2026-11-22: found nothing published/);
    expect([stored(), told()]).toEqual([{}, []]);

    await deliver();
    await deliver({ asset: revenueAsset });
    const { summary, error } = await deliver({ asset: renewalsAsset, event: { asOf } });
    expect(error).toBe('');
    expect(summary).toMatchObject({ job: 'track-renewals', as_of: asOf, computed: true });
    expect(summary).toMatchObject({ summary: { health_as_of: asOf } });
    const local = await publishedLocally(trackRenewals, [scoreAccounts, rollupRevenue]);
    expect(untimed(stored())).toEqual(untimed(local));
    const states = Object.keys(local).filter((key) => /^outbox\/.*\/state\.json$/.test(key));
    expect(states.length).toBeGreaterThan(0);
    const jobs = ['score-accounts', 'rollup-revenue', 'track-renewals'];
    expect(told()).toEqual(jobs.flatMap(toldLocally));

    const [before, heard, asked] = [stored(), told(), athena.executions.length];
    const again = await deliver({ asset: renewalsAsset, event: { asOf } });
    expect(again.summary).toMatchObject({ computed: false });
    expect([stored(), told(), athena.executions.length]).toEqual([before, heard, asked]);
  });

  test('that comes twice changes nothing and asks the engine for nothing', async () => {
    await deliver();
    const [before, asked, heard] = [stored(), athena.executions.length, told()];
    const { summary } = await deliver();
    expect(summary).toMatchObject({ computed: false });
    expect(stored()).toEqual(before);
    expect(athena.executions).toHaveLength(asked);
    expect(told()).toEqual(heard);
  });

  test('of which two arrive at once publishes the same as one', async () => {
    const both = await Promise.all([deliver(), deliver()]);
    expect(both.map(({ error }) => error)).toEqual(['', '']);
    expect(stored()).toEqual(published);
  });

  test('says nobody’s name nor address', async () => {
    const { logs, summary } = await deliver();
    expect(logs).toContain('Run succeeded');
    expect(logs).toContain('"RunSucceeded":1');
    const said = `${logs}${JSON.stringify(summary)}`;
    expect(said).not.toContain('@');
    const reader = await connection.runAndReadAll('SELECT name FROM accounts');
    const names = reader.getRows().map(([name]) => String(name));
    expect(names.filter((name) => said.includes(name))).toEqual([]);
  });

  test('of something else is refused before anything is asked', async () => {
    const { error } = await deliver({ event: { day: '2026-11-22' } });
    expect(error).toContain('the event: found {"day":"2026-11-22"}');
    expect([...athena.calls, ...s3.calls]).toEqual([]);
  });
});

describe('in the end the same is published when', () => {
  test('Athena and S3 throttle', async () => {
    athena.faults.next('StartQueryExecution', 'throttle', 4);
    athena.faults.next('GetQueryExecution', 'throttle', 4);
    s3.faults.next('GetObject', 'throttle', 4);
    s3.faults.next('PutObject', 'throttle', 4);
    expect(await deliver()).toMatchObject({ error: '' });
    expect(stored()).toEqual(published);
  });

  test('connections drop', async () => {
    athena.faults.next('StartQueryExecution', 'lose-reply', 2);
    athena.faults.next('GetQueryExecution', 'drop', 2);
    s3.faults.next('GetObject', 'cut-body', 2);
    s3.faults.next('PutObject', 'drop', 2);
    s3.faults.next('CopyObject', 'lose-reply', 2);
    expect(await deliver()).toMatchObject({ error: '' });
    expect(stored()).toEqual(published);
  });

  test.each([
    ['the note of the execution', () => 1],
    ['a file of the run', () => 2],
    ['the manifest', () => puts - 3],
    ['the pointer of the day', () => puts - 2],
    ['the pointer', () => puts - 1],
    ['the note of the events', () => puts],
  ])('the reply to the put of %s is lost', async (_, nth) => {
    faultAt(s3, 'PutObject', nth(), () => s3.faults.next('PutObject', 'lose-reply'));
    expect(await deliver()).toMatchObject({ error: '' });
    expect(s3.calls.filter((operation) => operation === 'PutObject')).toHaveLength(puts + 1);
    expect(stored()).toEqual(published);
  });

  test('EventBridge throttles, drops, and takes only some: each event arrives', async () => {
    bridge.faults.next('PutEvents', 'throttle', 2);
    bridge.faults.next('PutEvents', 'drop');
    bridge.faults.next('PutEvents', 'InternalFailure at 0', 2);
    expect(await deliver()).toMatchObject({ error: '' });
    expect(stored()).toEqual(published);
    expect(told()).toEqual(toldLocally('score-accounts'));
  });

  test('EventBridge refuses, the run fails aloud, and the next attempt tells', async () => {
    bridge.faults.next('PutEvents', 'MalformedDetail at 0');
    expect((await deliver()).error).toMatch(/AccountsScored [0-9a-f]{32}: found MalformedDetail/);
    expect(bridge.taken).toEqual([]);
    expect((await deliver()).summary).toMatchObject({ computed: false });
    expect(stored()).toEqual(published);
    expect(told()).toEqual(toldLocally('score-accounts'));
  });

  test('the unload breaks half way, and is begun again elsewhere', async () => {
    const plan = () => athena.faults.next(START, 'fail-retryable');
    faultAt(athena, START, startsBeforeUnload + 1, plan);
    expect(await deliver()).toMatchObject({ error: '' });
    expect(unloads()).toHaveLength(2);
    expect(stored()).toEqual(published);
  });

  test('a check of the sources fails, and the event is delivered again', async () => {
    athena.faults.next(START, 'fail');
    expect((await deliver()).error).toContain('told to fail');
    expect(stored()).toEqual({});
    expect(await deliver()).toMatchObject({ error: '' });
    expect(stored()).toEqual(published);
  });

  test('the unload outlasts the function, and the next attempt finds it', async () => {
    athena.faults.next(START, 'slow 0', startsBeforeUnload);
    athena.faults.next(START, 'slow 5');
    expect((await deliver({ remainingMs: 30_000 })).error).toContain('still running');
    expect(await deliver()).toMatchObject({ error: '' });
    expect(unloads()).toHaveLength(1);
    expect(stored()).toEqual(published);
  });

  test('the first attempt ends between the manifest and the tables', async () => {
    s3.faults.next('CopyObject', 'deny');
    expect((await deliver()).error).toContain('AccessDenied');
    expect(Object.keys(stored()).filter((key) => key.startsWith('tables/'))).toEqual([]);
    expect((await deliver()).summary).toMatchObject({ computed: false, latest: true });
    expect(stored()).toEqual(published);
  });
});
