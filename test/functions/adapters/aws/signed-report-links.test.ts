import { verify } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signedReportLinks } from '../../../../functions/adapters/aws/signed-report-links.ts';
import { HoldfastError } from '../../../../shared/basics/problem.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { type FakeSecrets, fakeSecrets } from '../../../kit/fake-secrets.ts';
import { reportKeys } from '../../../kit/report-keys.ts';

const keys = reportKeys();
const [others, small] = [reportKeys(), reportKeys(1024)];
const PAGE = 'weekly/2026-11-22/index.html';
const until = new Date('2026-12-06T05:00:00.400Z');
const secret = 'holdfast/report-key';

let manager: FakeSecrets;
let client: SecretsManagerClient;

beforeEach(async () => {
  manager = await fakeSecrets();
  manager.secrets.set(secret, keys.privateKey);
  client = new SecretsManagerClient({ ...manager.client, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await manager.close();
});

const linksOf = (publicKey = keys.publicKey) =>
  signedReportLinks({
    ...{ client, secret, publicKey, domain: 'reports.acme.example', keyPairId: 'K2JCJMDEHXQW5F' },
    ...{ days: 14, clock: fakeClock(), random: () => 0.5 },
  });

/** What CloudFront does with a link: the policy is not in it, but made of what is. */
const isLetPass = (link: string, publicKey = keys.publicKey): boolean => {
  const { origin, pathname, searchParams: query } = new URL(link);
  const Resource = `${origin}${pathname}`;
  const DateLessThan = { 'AWS:EpochTime': Number(query.get('Expires')) };
  const policy = JSON.stringify({ Statement: [{ Resource, Condition: { DateLessThan } }] });
  const signature = (query.get('Signature') ?? '')
    .replaceAll('-', '+')
    .replaceAll('_', '=')
    .replaceAll('~', '/');
  return verify('sha256', Buffer.from(policy), publicKey, Buffer.from(signature, 'base64'));
};

describe('a signed link', () => {
  test('is let pass by who has the public key, until it expires', async () => {
    const link = await linksOf().signed(PAGE, until);
    const { origin, pathname, searchParams } = new URL(link);
    expect(`${origin}${pathname}`).toBe(`https://reports.acme.example/${PAGE}`);
    expect(Object.fromEntries(searchParams)).toEqual({
      Expires: String(Date.parse('2026-12-06T05:00:00Z') / 1000),
      Signature: expect.stringMatching(/^[A-Za-z0-9_~-]{344}$/),
      'Key-Pair-Id': 'K2JCJMDEHXQW5F',
      'Hash-Algorithm': 'SHA256',
    });
    expect(isLetPass(link)).toBe(true);
    expect(isLetPass(link, others.publicKey)).toBe(false);
  });

  test.each([
    ['of another week', (link: string) => link.replace('2026-11-22', '2026-11-15')],
    ['of another site', (link: string) => link.replace('reports.', 'else.')],
    ['that lasts longer', (link: string) => link.replace(/Expires=\d+/, 'Expires=1999999999')],
  ])('cannot be made into one %s', async (_, forged) => {
    const link = await linksOf().signed(PAGE, until);
    expect(forged(link)).not.toBe(link);
    expect(isLetPass(forged(link))).toBe(false);
  });

  test('is good for any day and path that the house has', async () => {
    const links = linksOf();
    const path = fc.stringMatching(/^[a-z0-9]{1,6}(\/[a-z0-9][a-z0-9.-]{0,12}){0,3}$/);
    const day = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(path, day, async (path, until) => {
        const link = await links.signed(path, until);
        expect(isLetPass(link)).toBe(true);
        expect(new URL(link).pathname).toBe(`/${path}`);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    '',
    '/weekly/index.html',
    '../runs/secret.parquet',
    'weekly/../../runs/x',
    'weekly/./x',
    'weekly/*',
    'weekly/2026-11-??/index.html',
    'weekly/x?Expires=1',
    'weekly/x#y',
    'weekly/%2e%2e/x',
    'weekly//x',
    '//evil.example/x',
    'weekly\\x',
    'weekly/\u202ex',
    'weekly/x\n',
  ])('is not signed for %j', async (path) => {
    await expect(linksOf().signed(path, until)).rejects.toThrow(/is a path of the report site/);
    expect(manager.calls).toEqual([]);
  });
});

describe('the private key', () => {
  test('is asked for once, also by those who ask at once', async () => {
    const links = linksOf();
    await Promise.all([links.signed(PAGE, until), links.signed(PAGE, until)]);
    await links.signed(PAGE, until);
    expect(manager.calls).toEqual(['GetSecretValue']);
  });

  test('is had in the end where Secrets Manager asks for patience', async () => {
    manager.faults.next('GetSecretValue', 'throttle', 2);
    manager.faults.next('GetSecretValue', 'drop', 2);
    expect(isLetPass(await linksOf().signed(PAGE, until))).toBe(true);
  });

  test('is asked for again after it could not be had', async () => {
    const links = linksOf();
    manager.faults.next('GetSecretValue', 'denied');
    await expect(links.signed(PAGE, until)).rejects.toThrow(HoldfastError);
    expect(isLetPass(await links.signed(PAGE, until))).toBe(true);
  });

  test.each([
    ['denied', /found AccessDeniedException .* KMS key of your own/],
    ['no-such-secret', /found ResourceNotFoundException .* Make the secret/],
    ['no-decryption', /found DecryptionFailure/],
  ] as const)('that is %s is told with what to do', async (fault, words) => {
    manager.faults.next('GetSecretValue', fault, 9);
    const failure = linksOf().signed(PAGE, until);
    await expect(failure).rejects.toThrow(words);
    await expect(failure).rejects.toThrow(/^secret holdfast\/report-key: /);
  });

  test.each([
    ['of another pair', others.privateKey, /the private key of another pair/],
    ['that is too small, of another pair', small.privateKey, /the private key of another pair/],
    ['that is the public one', keys.publicKey, /no private key in PEM/],
    ['in JSON', JSON.stringify({ key: keys.privateKey }), /no private key in PEM/],
    ['that is not there', '', /no private key in PEM/],
  ])('%s signs nothing, and is quoted by no error', async (_, held, words) => {
    manager.secrets.set(secret, held);
    const error = await linksOf()
      .signed(PAGE, until)
      .catch((reason: unknown) => reason as HoldfastError);
    expect(error).toBeInstanceOf(HoldfastError);
    expect(`${error}`).toMatch(words);
    const lines = held.split('\n').filter((line) => line.length > 20);
    for (const line of lines) expect(`${error} ${(error as Error).cause}`).not.toContain(line);
  });
});
