import { sha256 } from '../../basics/digest.ts';

/** What the page may do: run its one script, use its one style, and nothing from elsewhere. */
export const contentPolicy = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `style-src ${hashed(style)}`,
    `script-src ${hashed(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

function hashed(text: string): string {
  return `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`;
}
