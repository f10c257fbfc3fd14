import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { assert, HoldfastError } from '../../../shared/basics/problem.ts';
import type { ReportLinks } from '../../../shared/ports/report-links.ts';
import { awsFailure, isDenied, isDropped, isThrottled, isUnknownCaller } from './aws-failure.ts';
import { type Backoff, withBackoff } from './with-backoff.ts';

interface SignedReportLinksOptions extends Backoff {
  readonly client: SecretsManagerClient;
  /** Name or ARN of the secret that holds the private key, as PEM. */
  readonly secret: string;
  readonly domain: string;
  /** What CloudFront calls the public key. */
  readonly keyPairId: string;
  /** PEM. What a key of another pair signs leads nowhere, and would be noticed by readers only. */
  readonly publicKey: string;
  readonly days: number;
}

/** Plain names with slashes between them: nothing that a policy could take for a wildcard. */
const PATH = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/;

/** Signs links that CloudFront lets pass until they expire. The key is asked for once, and kept. */
export const signedReportLinks = (options: SignedReportLinksOptions): ReportLinks => {
  let key: Promise<string> | undefined;

  /** A key that could not be had is asked for again. */
  const keyOnce = (): Promise<string> => {
    key ??= privateKey(options).catch((error) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  return {
    days: options.days,
    async signed(path, until) {
      assert(PATH.test(path), `"${path}" is a path of the report site`);
      const url = `https://${options.domain}/${path}`;
      const { keyPairId } = options;
      const dateLessThan = until.toISOString();
      const pem = await keyOnce();
      return getSignedUrl({ url, keyPairId, dateLessThan, privateKey: pem, algorithm: 'SHA256' });
    },
  };
};

async function privateKey(options: SignedReportLinksOptions): Promise<string> {
  const { client, secret, publicKey, clock, random } = options;
  const where = `secret ${secret}`;
  const isPassing = (error: unknown) => isThrottled(error) || isDropped(error);
  const pem = await withBackoff(
    () => client.send(new GetSecretValueCommand({ SecretId: secret })),
    isPassing,
    { clock, random },
  ).then(
    ({ SecretString = '' }) => SecretString,
    (cause) => {
      const { name, message } = awsFailure(cause);
      const found = `${name} (${message})`;
      throw problem({ where, found, expected: PRIVATE_KEY, fix: remedy(cause) }, cause);
    },
  );
  const pair = publicOf(pem);
  const expected = `${PRIVATE_KEY} that belongs to reports.site.public_key`;
  const fix = 'Put the private key of that pair into the secret, as it is in its file.';
  if (pair === null) throw problem({ where, found: 'no private key in PEM', expected, fix });
  if (!pair.equals(createPublicKey(publicKey))) {
    throw problem({ where, found: 'the private key of another pair', expected, fix });
  }
  return pem;
}

const PRIVATE_KEY = 'the private key';

/** The public half of a private key; null where the text is none. */
function publicOf(pem: string): KeyObject | null {
  try {
    return createPublicKey(createPrivateKey(pem));
  } catch {
    // What is said of it could quote it.
    return null;
  }
}

function remedy(cause: unknown): string {
  if (isUnknownCaller(cause)) return 'Give this process valid AWS credentials.';
  if (isDenied(cause)) {
    return 'Deploy the stack again; a secret with a KMS key of your own has to let the function use it.';
  }
  if (awsFailure(cause).name === 'ResourceNotFoundException') {
    return 'Make the secret, in this region, and put the private key into it.';
  }
  return 'Release the mail once Secrets Manager answers.';
}

const problem = (
  about: { where: string; found: string; expected: string; fix: string },
  cause?: unknown,
): HoldfastError => new HoldfastError('config', [about], { cause });
