import { verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import { resvgRasterizer } from '../../functions/adapters/resvg-rasterizer.ts';
import { writeSampleCompany } from '../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../functions/cli/sample-config.ts';
import { writeBundle } from '../../infra/bundled-job.ts';
import { toDay } from '../../shared/basics/day.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../shared/jobs/track-renewals.ts';
import { weeklySummary } from '../../shared/jobs/weekly-summary.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { type FakeS3, fakeS3 } from '../kit/fake-s3.ts';
import { type FakeSecrets, fakeSecrets } from '../kit/fake-secrets.ts';
import { type FakeSes, fakeSes } from '../kit/fake-ses.ts';
import { memoryEventBus } from '../kit/memory-event-bus.ts';
import { reportKeys, siteYaml } from '../kit/report-keys.ts';
import { silentProgress } from '../kit/silent-progress.ts';
import { invokeAsset } from './invoke-asset.ts';

const asOf = toDay('2026-11-22');
const keys = reportKeys();
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-reported-'));
const [job, results] = [join(scratch, 'job'), join(scratch, 'results')];

const linking = (site: string): string =>
  sampleConfig.replace('reports:\n', `reports:\n  page: { link: site }\n  site: ${site}\n`);

/** Planned before the keys were changed, for links are signed when mails leave. */
const planning = linking(siteYaml(reportKeys().publicKey, ', expires_days: 3'));
const sending = `${linking(siteYaml(keys.publicKey)).replace(
  /warehouse:\n.*\n.*\n/,
  'warehouse:\n  kind: athena\n  database: main\n',
)}
mail:
  mode: send
  from: success@mail.harbourline.example
  allowed_domains: [harbourline.example]
`;

/** What a week has committed, without a warehouse: there is nothing left to do but to deliver. */
const committed = new Map<string, Buffer>();

beforeAll(async () => {
  writeBundle({ job: 'weekly-summary', configText: sending }, job);
  const company = join(scratch, 'company');
  await writeSampleCompany({ folder: company, accounts: 120, asOf, seed: 1 });
  const warehouse = await duckdbWarehouse({ path: company });
  const config = loadConfig({ text: planning, file: 'holdfast.yaml' });
  const store = folderObjectStore(results);
  const means = { bus: memoryEventBus(), clock: fakeClock(), progress: silentProgress };
  const ports = { warehouse, store, ...means, rasterizer: resvgRasterizer() };
  for (const one of [scoreAccounts, rollupRevenue, trackRenewals, weeklySummary]) {
    await one.run({ asOf, config }, ports);
  }
  await warehouse.close();
  for (const file of readdirSync(results, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile()) committed.set(`lake/${relative(results, path)}`, readFileSync(path));
  }
}, 120_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let s3: FakeS3;
let ses: FakeSes;
let manager: FakeSecrets;

beforeEach(async () => {
  [s3, ses, manager] = await Promise.all([fakeS3(), fakeSes({ perSecond: 100 }), fakeSecrets()]);
  for (const [key, bytes] of committed) s3.put(key, bytes);
});
afterEach(async () => void (await Promise.all([s3, ses, manager].map((fake) => fake.close()))));

const invoke = () =>
  invokeAsset({
    ...{ asset: job, event: { asOf }, remainingMs: 840_000, now: `${asOf}T08:00:00Z` },
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SES: ses.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: manager.url,
      AWS_ENDPOINT_URL_ATHENA: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:9',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      HOLDFAST_BUCKET: 'lake',
      HOLDFAST_BUCKET_OWNER: '111122223333',
      HOLDFAST_BUS: 'holdfast-test',
      HOLDFAST_MAIL: 'holdfast-test',
      HOLDFAST_REPORT_SITE: 'd111111abcdef8.cloudfront.net',
      HOLDFAST_REPORT_KEY_PAIR: 'K2JCJMDEHXQW5F',
      HOLDFAST_WORKGROUP: 'holdfast',
      POWERTOOLS_SERVICE_NAME: 'holdfast-test',
    },
  });

const sentOf = async (kind: string) =>
  Promise.all(
    ses.taken
      .filter(({ tags }) => tags.holdfast_kind === kind)
      .map(({ raw }) => PostalMime.parse(raw)),
  );

describe('the weekly summary of a stack that serves the report', () => {
  test('has a button to the page that was published, which CloudFront lets pass', async () => {
    manager.secrets.set('holdfast/report-key', keys.privateKey);
    const { error, logs, summary: told } = await invoke();
    expect(error).toBe('');
    expect(told).toMatchObject({ computed: false });
    const [summary] = await sentOf('weekly_summary');
    const [, href = ''] = /<a href="(https:[^"]*)" class="btn"/.exec(summary?.html ?? '') ?? [];
    const link = href.replaceAll('&amp;', '&');
    expect(summary?.text).toContain(link);
    expect(`${summary?.html} ${summary?.text}`).not.toContain('.invalid');

    const { origin, pathname, searchParams: query } = new URL(link);
    expect(origin).toBe('https://d111111abcdef8.cloudfront.net');
    // The site begins at the folder of reports.
    expect(s3.objects.has(`lake/reports${pathname}`)).toBe(true);
    const expires = Number(query.get('Expires'));
    expect(expires).toBeGreaterThanOrEqual(Date.parse('2026-12-06T08:00:00Z') / 1000);
    expect(expires).toBeLessThan(Date.parse('2026-12-06T08:05:00Z') / 1000);
    const policy = `{"Statement":[{"Resource":"${origin}${pathname}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
    const plain = { '-': '+', _: '=', '~': '/' } as Record<string, string>;
    const signature = (query.get('Signature') ?? '').replace(/[-_~]/g, (sign) => plain[sign] ?? '');
    const bytes = Buffer.from(signature, 'base64');
    expect(verify('sha256', Buffer.from(policy), keys.publicKey, bytes)).toBe(true);
    expect(/PRIVATE KEY|Signature=/.exec(logs)).toBeNull();
    expect(manager.calls).toEqual(['GetSecretValue']);
  });

  test('is held while its key is missing, and the mails without a link go', async () => {
    const { error, summary } = await invoke();
    expect(error).toBe('');
    expect(summary).toMatchObject({ mail: { held: 1, waiting: 0 } });
    expect(await sentOf('weekly_summary')).toEqual([]);
    expect((await sentOf('csm_weekly')).length).toBeGreaterThan(0);
  });
});
