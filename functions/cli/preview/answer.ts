import { sha256 } from '../../../shared/basics/digest.ts';
import { shown } from '../../../shared/reports/escape.ts';

/** What is sent back to the browser. Each has a policy of its own, since each holds other people's text. */
export interface Answer {
  readonly status: 200 | 403 | 404 | 405 | 500;
  readonly type:
    | 'text/html; charset=utf-8'
    | 'text/plain; charset=utf-8'
    | 'application/octet-stream';
  readonly policy: string;
  readonly body: string | Uint8Array;
  /** Given to what is saved and not shown. */
  readonly filename?: string;
}

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'";

/** A page of the preview: its one style, and mails in frames. */
export const pageAnswer = (page: string, style: string): Answer => {
  const digest = Buffer.from(sha256(style), 'hex').toString('base64');
  const own = `style-src 'sha256-${digest}'; frame-src 'self'; frame-ancestors 'none'`;
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    policy: `${NOTHING}; ${own}`,
    body: page,
  };
};

/** A mail as a mail program shows it: styles and its own pictures, no scripts, nothing from elsewhere. */
export const mailAnswer = (mail: string): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  policy: `${NOTHING}; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox`,
  body: mail,
});

/** A report page as it is: it names its one script itself, and reaches neither this server nor any other. */
export const reportAnswer = (page: Uint8Array): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  policy: `${NOTHING}; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox allow-scripts allow-modals allow-popups`,
  body: page,
});

/** A file to save. What it says it is, is not believed: the browser opens nothing. */
export const fileAnswer = (body: Uint8Array, filename: string): Answer => ({
  status: 200,
  type: 'application/octet-stream',
  policy: `${NOTHING}; frame-ancestors 'none'; sandbox`,
  body,
  filename,
});

/** Why there is nothing to see. */
export const refusal = (status: 403 | 404 | 405 | 500, words: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  policy: `${NOTHING}; frame-ancestors 'none'; sandbox`,
  body: `${shown(words)}\n`,
});

/** The headers of an answer; none of it is kept by the browser or told to another site. */
export const headersOf = ({ type, policy, filename }: Answer): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  ...(filename !== undefined && { 'Content-Disposition': saving(filename) }),
});

const LONGEST_NAME = 100;

/** Source: RFC 6266. What is not plain is told once encoded, and once without. */
function saving(filename: string): string {
  const name = [...shown(filename).replace(/[\\/]/g, '_')].slice(0, LONGEST_NAME).join('');
  const plain = name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '') || 'file';
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${hex(sign)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const hex = (sign: string): string => sign.charCodeAt(0).toString(16).toUpperCase();
