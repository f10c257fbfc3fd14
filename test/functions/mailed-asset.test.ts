import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { folderObjectStore } from '../../functions/adapters/local/folder-object-store.ts';
import { writeSampleCompany } from '../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../functions/cli/sample-config.ts';
import { writeBundle } from '../../infra/bundled-job.ts';
import { toDay } from '../../shared/basics/day.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { rollupRevenue } from '../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../shared/jobs/track-renewals.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { type FakeS3, fakeS3 } from '../kit/fake-s3.ts';
import { type FakeSes, fakeSes } from '../kit/fake-ses.ts';
import { memoryEventBus } from '../kit/memory-event-bus.ts';
import { silentProgress } from '../kit/silent-progress.ts';
import { invokeAsset } from './invoke-asset.ts';

const asOf = toDay('2026-11-22');
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-mailed-'));
const [job, feedback] = [join(scratch, 'job'), join(scratch, 'feedback')];
const results = join(scratch, 'results');

const sending = `${sampleConfig.replace(
  /warehouse:\n.*\n.*\n/,
  'warehouse:\n  kind: athena\n  database: main\n',
)}
mail:
  mode: send
  from: success@mail.harbourline.example
  allowed_domains: [harbourline.example]
`;

/** What a run has committed, without a warehouse: there is nothing left to do but to deliver. */
const committed = new Map<string, Buffer>();

beforeAll(async () => {
  writeBundle({ job: 'track-renewals', configText: sending }, job);
  writeBundle({ job: 'mail-feedback' }, feedback);
  const company = join(scratch, 'company');
  await writeSampleCompany({ folder: company, accounts: 120, asOf, seed: 1 });
  const warehouse = await duckdbWarehouse({ path: company });
  const config = loadConfig({ text: sampleConfig, file: 'holdfast.yaml' });
  const store = folderObjectStore(results);
  const means = { bus: memoryEventBus(), clock: fakeClock(), progress: silentProgress };
  for (const one of [scoreAccounts, rollupRevenue, trackRenewals]) {
    await one.run({ asOf, config }, { warehouse, store, ...means });
  }
  await warehouse.close();
  for (const file of readdirSync(results, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile()) committed.set(`lake/${relative(results, path)}`, readFileSync(path));
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let s3: FakeS3;
let ses: FakeSes;

beforeEach(async () => {
  [s3, ses] = await Promise.all([fakeS3(), fakeSes({ perSecond: 100 })]);
  for (const [key, bytes] of committed) s3.put(key, bytes);
});
afterEach(async () => void (await Promise.all([s3.close(), ses.close()])));

const invoke = (asset: string, event: unknown) =>
  invokeAsset({
    asset,
    event,
    remainingMs: 840_000,
    // Mail that is a week old would be held.
    now: `${asOf}T07:00:00Z`,
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SES: ses.url,
      // All that is left to do is to deliver, so nobody is asked there.
      AWS_ENDPOINT_URL_ATHENA: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:9',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      HOLDFAST_BUCKET: 'lake',
      HOLDFAST_BUCKET_OWNER: '111122223333',
      HOLDFAST_BUS: 'holdfast-test',
      HOLDFAST_MAIL: 'holdfast-test',
      HOLDFAST_WORKGROUP: 'holdfast',
      POWERTOOLS_SERVICE_NAME: 'holdfast-test',
    },
  });

const jsonAt = (key: string) => {
  const object = s3.objects.get(key);
  return object && JSON.parse(object.body.toString('utf8'));
};
const planned = () =>
  [...committed.keys()]
    .filter((key) => /^lake\/outbox\/[0-9a-f]{32}\/message\.json$/.test(key))
    .map(jsonAt);
const states = () =>
  planned().map(({ message_id }) => jsonAt(`lake/outbox/${message_id}/state.json`)?.state);

describe('the asset of a job that mails, in mode send', () => {
  test('hands each mail that the run planned to SES, once', async () => {
    const { error } = await invoke(job, { asOf });
    expect(error).toBe('');
    expect(planned().length).toBeGreaterThan(1);
    expect(states()).toEqual(planned().map(() => 'sent'));
    const handed = ses.taken.map(({ destinations, tags }) => [tags.holdfast_message, destinations]);
    expect(handed.sort()).toEqual(
      planned()
        .map(({ message_id, to, cc }) => [
          message_id,
          [to.address, ...cc.map(({ address }: { address: string }) => address)],
        ])
        .sort(),
    );
    for (const { raw, source, configurationSet } of ses.taken) {
      expect([source, configurationSet]).toEqual([
        'success@mail.harbourline.example',
        'holdfast-test',
      ]);
      const email = await PostalMime.parse(raw);
      expect(planned().map(({ subject }) => subject)).toContain(email.subject);
      expect(email.attachments.length).toBeGreaterThan(0);
    }

    expect(await invoke(job, { asOf })).toMatchObject({ error: '' });
    expect(ses.taken).toHaveLength(planned().length);
  });

  test('leaves a doubt where SES does not answer, which what SES tells later settles', async () => {
    ses.faults.next('SendRawEmail', 'lose-reply');
    expect(await invoke(job, { asOf })).toMatchObject({ error: '' });
    expect(states().filter((state) => state === 'uncertain')).toHaveLength(1);
    expect(ses.taken).toHaveLength(planned().length);

    const [lost] = ses.taken;
    const told = (eventType: string, said: object) => ({
      ...{ id: 'event', source: 'aws.ses', time: `${asOf}T08:00:00Z` },
      detail: {
        eventType,
        mail: { tags: { holdfast_message: [lost?.tags.holdfast_message] } },
        ...said,
      },
    });
    const timestamp = `${asOf}T08:00:00.000Z`;
    const recipients = lost?.destinations ?? [];
    await invoke(feedback, told('Delivery', { delivery: { timestamp, recipients } }));
    expect(states()).toEqual(planned().map(() => 'sent'));

    const [emailAddress] = recipients;
    const bounce = { timestamp, bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }] };
    await invoke(feedback, told('Bounce', { bounce }));
    expect(states().filter((state) => state === 'refused')).toHaveLength(1);
    expect([...s3.objects.keys()].filter((key) => key.includes('/suppressed/'))).toHaveLength(1);
  });

  test('keeps what SES refuses for all as it was, and sends it when that is mended', async () => {
    ses.faults.next('SendRawEmail', 'paused');
    const { error, logs } = await invoke(job, { asOf });
    expect(error).toContain('AccountSendingPaused');
    expect(`${error}${logs}`).not.toContain('@');
    expect(ses.taken).toEqual([]);
    expect(await invoke(job, { asOf })).toMatchObject({ error: '' });
    expect(ses.taken).toHaveLength(planned().length);
  });
});
