import MailComposer from 'nodemailer/lib/mail-composer';
import { sha256 } from '../../shared/basics/digest.ts';
import { assert } from '../../shared/basics/problem.ts';
import { plainText } from '../../shared/basics/text.ts';
import type { Address, Attachment, MailMessage } from '../../shared/ports/mailer.ts';

/** A mail as it travels, or why it cannot. */
export type MimeMessage =
  | { readonly bytes: Uint8Array; readonly refusal?: undefined }
  | { readonly refusal: string };

/** SES takes ten; what is above two is refused by many a mail server, and read by nobody. */
export const MOST_BYTES = 2_000_000;
const MOST_IN_HEADER = 250;

/** ASCII and nothing that separates addresses or ends a header. */
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z0-9-]+$/i;
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+="?[\w.+-]+"?)*$/;

/**
 * The bytes of a mail, the same for the same mail. Names and subjects come from the warehouse: they
 * are one line without marks that turn the direction of writing, and cannot become a header or a
 * recipient. Nothing is read from a disk or fetched from an address.
 */
export const mimeMessage = async (message: MailMessage): Promise<MimeMessage> => {
  const { from, replyTo, to, cc, attachments } = message;
  const everybody = [from, to, ...cc, ...(replyTo === null ? [] : [replyTo])];
  const wrong = everybody.find(({ address }) => !ADDRESS.test(address));
  if (wrong !== undefined) return { refusal: `${shown(wrong.address)} is no e-mail address` };

  const composer = new MailComposer({
    from: person(from),
    ...(replyTo && { replyTo: person(replyTo) }),
    to: [person(to)],
    ...(cc.length > 0 && { cc: cc.map(person) }),
    subject: line(message.subject),
    messageId: `<${message.messageId}@holdfast>`,
    date: new Date(message.date),
    // Nobody's holiday notice answers a machine.
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: message.text,
    html: message.html,
    attachments: attachments.map(attached),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
    // Made of what it separates, so nothing there can contain it. Above 70 it would be no boundary.
    baseBoundary: sha256(JSON.stringify([message.messageId, message.html, message.text])).slice(
      0,
      32,
    ),
  });
  const bytes = await composer.compile().build();
  if (bytes.length <= MOST_BYTES) return { bytes: new Uint8Array(bytes) };
  return { refusal: tooLarge(bytes.length, attachments) };
};

/** The parts stay apart: a name is never read as a list of addresses. */
const person = ({ name, address }: Address): { name: string; address: string } => ({
  name: line(name ?? ''),
  address,
});

/** Text on one line; half a character, which no mail can hold, becomes the sign for an unknown. */
const line = (text: string): string =>
  Buffer.from(plainText(text, MOST_IN_HEADER), 'utf8').toString('utf8');

function attached({ filename, contentType, content, cid }: Attachment) {
  assert(CONTENT_TYPE.test(contentType), `"${contentType}" is a content type`);
  assert(cid === undefined || /^[\w.@-]+$/.test(cid), `"${cid}" is an id of content`);
  return {
    filename: filename.replace(/[^\w.-]+/g, '-'),
    contentType,
    content: Buffer.from(content),
    ...(cid !== undefined && { cid, contentDisposition: 'inline' as const }),
  };
}

function tooLarge(bytes: number, attachments: readonly Attachment[]): string {
  const [largest] = attachments.toSorted((a, b) => b.content.length - a.content.length);
  const of =
    largest &&
    `; the largest file is ${shown(largest.filename)} with ${mb(largest.content.length)}`;
  return `it has ${mb(bytes)}, and ${mb(MOST_BYTES)} is the most${of ?? ''}`;
}

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const shown = (text: string): string => `"${plainText(text)}"`;
