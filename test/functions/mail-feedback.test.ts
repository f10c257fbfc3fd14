import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeBundle } from '../../infra/bundled-job.ts';
import { sha256 } from '../../shared/basics/digest.ts';
import { moved, untouched } from '../../shared/outbox/state.ts';
import { type FakeS3, fakeS3 } from '../kit/fake-s3.ts';
import { invokeAsset } from './invoke-asset.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-feedback-'));
const asset = join(scratch, 'asset');
const MESSAGE = '0123456789abcdef0123456789abcdef';
const LENA = 'l.fischer@harbourline.example';

let s3: FakeS3;

beforeAll(() => writeBundle({ job: 'mail-feedback' }, asset));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
beforeEach(async () => {
  s3 = await fakeS3();
});
afterEach(() => s3.close());

/** An event as SES gives it to EventBridge; more than is read, as in life. */
const sesEvent = (
  eventType: string,
  said: object,
  tags: object = { holdfast_message: [MESSAGE] },
) => ({
  version: '0',
  id: '9d1c6e2a-0000-4000-8000-000000000000',
  'detail-type': `Email ${eventType}`,
  source: 'aws.ses',
  account: '111122223333',
  time: '2026-11-22T07:00:09Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ses:eu-west-1:111122223333:configuration-set/holdfast'],
  detail: {
    eventType,
    mail: {
      timestamp: '2026-11-22T07:00:00.123Z',
      source: 'success@harbourline.example',
      messageId: '0102019a-ses',
      destination: [LENA],
      headersTruncated: false,
      tags: { 'ses:configuration-set': ['holdfast'], ...tags },
    },
    ...said,
  },
});

const at = { timestamp: '2026-11-22T07:00:05.456Z' };
const delivery = sesEvent('Delivery', {
  delivery: { ...at, recipients: [LENA], smtpResponse: 'ok' },
});
const bounce = (bounceType: string) =>
  sesEvent('Bounce', {
    bounce: { ...at, bounceType, bouncedRecipients: [{ emailAddress: LENA, status: '5.1.1' }] },
  });
const complaint = sesEvent('Complaint', {
  complaint: { ...at, complainedRecipients: [{ emailAddress: LENA }], feedbackId: 'x' },
});
const reject = sesEvent('Reject', { reject: { reason: 'Bad content' } });

const hear = (event: unknown) =>
  invokeAsset({
    asset,
    event,
    remainingMs: 60_000,
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      HOLDFAST_BUCKET: 'lake',
      HOLDFAST_BUCKET_OWNER: '111122223333',
      POWERTOOLS_SERVICE_NAME: 'holdfast-test',
    },
  });

const stateKey = `lake/outbox/${MESSAGE}/state.json`;
const suppressedKey = `lake/outbox/suppressed/${sha256(LENA)}.json`;

const standing = (key: string) => {
  const object = s3.objects.get(key);
  return object && JSON.parse(object.body.toString('utf8'));
};

/** A mail that a run has handed over, and does not know more of. */
const put = (state: 'sent' | 'uncertain') => {
  const when = '2026-11-22T07:00:01.000Z';
  const planned = untouched({ run_key: 'run', file: 'runs/x/message.json' });
  const claimed = moved(planned, { state: 'claimed', at: when, attempt: 'a', recipient: LENA });
  s3.put(stateKey, JSON.stringify(moved(claimed, { state, at: when })));
};

describe('what SES says of a mail', () => {
  test('is heard by an asset of one module, without a config', () => {
    expect(readdirSync(asset).sort()).toEqual(['index.mjs', 'index.mjs.map']);
  });

  test.each([
    ['a delivery settles a doubt', delivery, 'sent', false],
    ['a rejection is of the mail and not of its reader', reject, 'refused', false],
    ['a bounce for good: the address is left alone', bounce('Permanent'), 'refused', true],
    ['a bounce in passing: it may be written to again', bounce('Transient'), 'sent', false],
    ['a complaint: the address is left alone', complaint, 'refused', true],
  ])('%s', async (_, event, state, isSuppressed) => {
    put('uncertain');
    expect(await hear(event)).toMatchObject({ error: '' });
    expect(standing(stateKey)).toMatchObject({ state });
    expect(standing(suppressedKey) !== undefined).toBe(isSuppressed);
  });

  test('of a complaint that may be anybody’s suppresses nobody', async () => {
    put('sent');
    const both = [LENA, 'j.tanaka@harbourline.example'].map((emailAddress) => ({ emailAddress }));
    const event = sesEvent('Complaint', { complaint: { ...at, complainedRecipients: both } });
    expect(await hear(event)).toMatchObject({ error: '' });
    expect([...s3.objects.keys()]).toEqual([stateKey]);
  });

  test('may come twice and in any order: the worst news stays', async () => {
    for (const events of [
      [delivery, bounce('Permanent'), bounce('Permanent')],
      [bounce('Permanent'), delivery],
    ]) {
      put('sent');
      for (const event of events) expect(await hear(event)).toMatchObject({ error: '' });
      expect(standing(stateKey)).toMatchObject({ state: 'refused' });
      expect(standing(suppressedKey)).toMatchObject({ address: LENA });
    }
  });

  test('of another sender’s mail changes nothing', async () => {
    const foreign = sesEvent('Delivery', { delivery: { ...at, recipients: [LENA] } }, {});
    const spoilt = sesEvent(
      'Delivery',
      { delivery: { ...at, recipients: [LENA] } },
      {
        holdfast_message: ['../../latest/score-accounts'],
      },
    );
    for (const event of [foreign, spoilt]) expect(await hear(event)).toMatchObject({ error: '' });
    expect([...s3.objects.keys(), ...s3.calls]).toEqual([]);
  });

  test.each([
    ['another event', { source: 'aws.ses', detail: {} }],
    ['nothing', null],
    ['a bounce without recipients', sesEvent('Bounce', { bounce: at })],
  ])('%s is an error that names nobody', async (_, event) => {
    const { error, logs } = await hear(event);
    expect(error).toMatch(/^the event: found /);
    expect(`${error}${logs}`).not.toContain('@');
  });

  test('is kept for another attempt where S3 does not answer', async () => {
    put('sent');
    s3.faults.next('GetObject', 'deny', 20);
    expect((await hear(bounce('Permanent'))).error).toContain('AccessDenied');
  });

  test('is written to no log by name', async () => {
    put('sent');
    const { logs } = await hear(bounce('Permanent'));
    expect(logs).toContain(MESSAGE);
    expect(logs).not.toContain('@');
  });
});
