import { plural } from '../../../shared/basics/text.ts';
import { addressWords } from '../../../shared/outbox/message-file.ts';
import { stateMeanings } from '../../../shared/outbox/state.ts';
import type { Attachment } from '../../../shared/ports/mailer.ts';
import { type Html, html } from '../../../shared/reports/escape.ts';
import type { Answer } from './answer.ts';
import { kindWords } from './index-page.ts';
import { framed } from './page-frame.ts';
import type { PreviewMail } from './results-folder.ts';

/** As wide as a mail program on a desk, and as a telephone. */
export const frameWidths = [600, 375] as const;
export type FrameWidth = (typeof frameWidths)[number];

/** One mail: who gets it, how it looks at a width, its plain text, and what is attached. */
export const mailPage = (mail: PreviewMail, width: FrameWidth): Answer => {
  const { id, message } = mail;
  const switches = frameWidths.map((one) => {
    const current = one === width ? html` aria-current="true"` : '';
    return html`<a href="/mail/${id}?width=${one}"${current}>${one} px</a>`;
  });
  const frame = width === 600 ? 'wide' : 'narrow';
  return framed(message.subject, [
    html`<p><a href="/">All mail and reports</a></p><h1>${message.subject || 'no subject'}</h1>`,
    headersHtml(mail),
    html`<h2>As it is shown</h2><nav aria-label="Width">${switches}</nav><iframe class="${frame}" title="The mail at ${width} pixels" sandbox src="/mail/${id}/html"></iframe>`,
    html`<h2>Attachments</h2>${attachedHtml(mail)}`,
    // Line by line, since whatever else is put in loses the ends of its lines.
    html`<h2>Plain text</h2><pre>${message.text.split('\n').map((line) => html`${line}\n`)}</pre>`,
  ]);
};

function headersHtml({ id, message, day, state }: PreviewMail): Html {
  const name = state?.state ?? 'planned';
  const reason = state?.reason == null ? '' : ` (${state.reason})`;
  const about: readonly (readonly [string, string])[] = [
    ['Kind', kindWords(message.kind)],
    ['To', addressWords(message.to)],
    ['Copies', message.cc.map(addressWords).join(', ') || 'nobody'],
    ['Day', day ?? 'not told'],
    ['State', `${name}: it ${stateMeanings[name]}${reason}`],
    ['Id', id],
  ];
  return html`<dl>${about.map(([term, words]) => html`<dt>${term}</dt><dd>${words}</dd>`)}</dl>`;
}

function attachedHtml({ id, message, eml }: PreviewMail): Html {
  const files = message.attachments.map(
    ({ filename, content, cid }, at) =>
      html`<li><a href="/mail/${id}/files/${at}">${filename}</a> <span class="muted">${sizeWords(content)}${cid === undefined ? '' : ', shown in the mail'}</span></li>`,
  );
  const whole = eml
    ? html`<li><a href="/mail/${id}/message.eml">message.eml</a> <span class="muted">the whole mail, for a mail program</span></li>`
    : '';
  return files.length === 0 && !eml ? html`<p>None.</p>` : html`<ul>${files}${whole}</ul>`;
}

const sizeWords = ({ byteLength }: Uint8Array): string =>
  byteLength < 1024 ? plural(byteLength, 'byte') : `${Math.round(byteLength / 1024)} KB`;

/** What browsers draw and cannot run: an SVG may hold a script. */
const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif'];

/** The HTML of a mail with its own pictures put in, as a mail program does. */
export const mailWithPictures = (mailHtml: string, attachments: readonly Attachment[]): string => {
  const pictures = new Map(
    attachments
      .filter(({ contentType }) => PICTURES.includes(contentType))
      .map(({ cid, contentType, content }) => [
        cid,
        `data:${contentType};base64,${Buffer.from(content).toString('base64')}`,
      ]),
  );
  return mailHtml.replace(/(\ssrc=")cid:([^"]*)(?=")/g, (whole, before: string, cid: string) => {
    const picture = pictures.get(cid);
    return picture === undefined ? whole : `${before}${picture}`;
  });
};
