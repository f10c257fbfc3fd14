import { generateKeyPairSync } from 'node:crypto';

/** A pair of keys as openssl makes one; none is kept anywhere. */
export const reportKeys = (modulusLength = 2048) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** `reports.site` of holdfast.yaml with this key, and what else is said of it. */
export const siteYaml = (publicKey: string, more = ''): string =>
  `{ public_key: ${JSON.stringify(publicKey)}, private_key_secret: holdfast/report-key${more} }`;
