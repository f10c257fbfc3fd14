import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sesMailer } from '../../../../functions/adapters/aws/ses-mailer.ts';
import type { Mailer } from '../../../../shared/ports/mailer.ts';
import { anyMail } from '../../../contracts/mailer.contract.ts';
import { type FakeClock, fakeClock } from '../../../kit/fake-clock.ts';
import { type FakeSes, fakeSes, type SesFault } from '../../../kit/fake-ses.ts';
import type { TransportFault } from '../../../kit/http-fake.ts';

let ses: FakeSes;
let client: SESClient;
let clock: FakeClock;
let mailer: Mailer;

beforeEach(async () => {
  ses = await fakeSes({ perSecond: 4 });
  client = new SESClient({ ...ses.client, maxAttempts: 1 });
  clock = fakeClock();
  mailer = sesMailer({ client, configurationSet: 'holdfast-test', clock, random: () => 0.5 });
});

afterEach(async () => {
  client.destroy();
  await ses.close();
});

const sends = () => ses.calls.filter((operation) => operation === 'SendRawEmail').length;
const fail = (fault: SesFault | TransportFault, times = 1) =>
  ses.faults.next('SendRawEmail', fault, times);

describe('SES', () => {
  test('is told who writes, to whom, by which set, and which mail it is', async () => {
    const mail = anyMail({ tags: { holdfast_kind: 'renewal_digest', who: 'Łódź, a b', none: '' } });
    expect(await mailer.send(mail)).toEqual({ status: 'sent', reference: 'ses-1' });
    const [{ raw, ...rest } = { raw: null }] = ses.taken;
    expect(raw?.length).toBeGreaterThan(500);
    expect(rest).toEqual({
      source: 'success@harbourline.example',
      destinations: ['l.fischer@harbourline.example', 'j.tanaka@harbourline.example'],
      configurationSet: 'holdfast-test',
      tags: {
        holdfast_kind: 'renewal_digest',
        who: '__d___a_b',
        holdfast_message: '0123456789abcdef0123456789abcdef',
      },
    });
  });

  test('who gets a copy of what is his own is written to once', async () => {
    await mailer.send(anyMail({ cc: [anyMail().to] }));
    expect(ses.taken[0]?.destinations).toEqual(['l.fischer@harbourline.example']);
  });

  test('is not asked faster than it allows: four recipients a second, two a mail', async () => {
    for (let mail = 0; mail < 5; mail++) await mailer.send(anyMail());
    expect(clock.sleeps).toEqual([500, 500, 500, 500]);
    expect(ses.calls.filter((operation) => operation === 'GetSendQuota')).toHaveLength(1);
  });

  test('that is slow to say how fast it may be asked is asked again; that harms nobody', async () => {
    ses.faults.next('GetSendQuota', 'throttle', 2);
    ses.faults.next('GetSendQuota', 'drop');
    expect(await mailer.send(anyMail())).toMatchObject({ status: 'sent' });
  });

  test.each<[SesFault | TransportFault, object]>([
    ['throttle', { status: 'throttled', retryAfterMs: 1_000 }],
    ['daily-quota', { status: 'throttled', retryAfterMs: 3_600_000 }],
    ['rejected-address', { status: 'refused', reason: expect.stringMatching(/Missing final/) }],
    ['too-large', { status: 'refused', reason: expect.stringMatching(/10485760/) }],
    ['sandbox', { status: 'refused', reason: expect.stringMatching(/sandbox.*l\.fischer@/) }],
    ['drop', { status: 'uncertain' }],
    ['lose-reply', { status: 'uncertain' }],
    ['cut-body', { status: 'uncertain' }],
    ['500', { status: 'uncertain', reason: expect.stringMatching(/InternalFailure/) }],
  ])('that answers %s is asked once, and the answer is told', async (fault, result) => {
    fail(fault);
    expect(await mailer.send(anyMail())).toMatchObject(result);
    expect(sends()).toBe(1);
    const mayHaveIt = fault === 'lose-reply' || fault === 'cut-body';
    expect(ses.taken).toHaveLength(mayHaveIt ? 1 : 0);
  });

  test.each<[SesFault | TransportFault, RegExp]>([
    ['unverified-sender', /Verify the domain of mail\.from/],
    ['no-mail-from', /Verify the domain of mail\.from/],
    ['no-such-set', /Deploy the stack with mail\.from/],
    ['paused', /look at the reputation/],
    ['deny', /Allow ses:SendRawEmail/],
  ])('that would take no mail at all (%s) is an error with what to do', async (fault, words) => {
    fail(fault);
    await expect(mailer.send(anyMail())).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringMatching(words),
    });
    expect([sends(), ses.taken]).toEqual([1, []]);
  });

  test('that cannot be reached has taken nothing, and may be asked again', async () => {
    await mailer.send(anyMail());
    await ses.close();
    const result = await mailer.send(anyMail());
    expect(result).toMatchObject({
      status: 'throttled',
      reason: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  test('is never asked by a client that would ask twice', async () => {
    const eager = new SESClient({ ...ses.client, maxAttempts: 3 });
    const means = { client: eager, clock, random: () => 0.5, configurationSet: 'holdfast' };
    await expect(sesMailer(means).send(anyMail())).rejects.toThrow(/one attempt/);
    expect(ses.calls).toEqual([]);
    eager.destroy();
  });
});
