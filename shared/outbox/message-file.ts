import { z } from 'zod';
import { canonicalJson, sha256 } from '../basics/digest.ts';
import type { Address, Attachment } from '../ports/mailer.ts';
import { decodeJson } from '../publish/decode-json.ts';
import { mailKinds, type PlannedMessage } from './planned-message.ts';

/** The same for the same mail, whichever run plans it: another revision of a day is no second mail. */
export const messageIdOf = ({ key }: Pick<PlannedMessage, 'key'>): string =>
  sha256(key).slice(0, 32);

/** Where a message lies, under the results. */
export const messageFolder = (messageId: string): string => `outbox/${messageId}`;

/** A message as it is kept until it is sent; attachments are base64. */
export const messageJson = ({ attachments, ...message }: PlannedMessage): string =>
  canonicalJson({
    ...message,
    message_id: messageIdOf(message),
    attachments: attachments.map(({ content, ...about }) => ({
      ...about,
      content: Buffer.from(content).toString('base64'),
    })),
  });

const addressField = z.strictObject({ name: z.string().nullable(), address: z.string() });

const messageSchema = z.strictObject({
  message_id: z.string(),
  kind: z.enum(mailKinds),
  key: z.string(),
  to: addressField,
  cc: z.array(addressField),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  attachments: z.array(
    z.strictObject({
      filename: z.string(),
      contentType: z.string(),
      content: z.base64(),
      cid: z.string().optional(),
    }),
  ),
});

/** Reads a message back as it was planned. */
export const messageFrom = (bytes: Uint8Array, where: string): PlannedMessage => {
  const { message_id, attachments, ...message } = decodeJson(messageSchema, bytes, where);
  return { ...message, attachments: attachments.map(attachmentOf) };
};

type Kept = z.output<typeof messageSchema>['attachments'][number];

function attachmentOf({ content, cid, ...about }: Kept): Attachment {
  const bytes = new Uint8Array(Buffer.from(content, 'base64'));
  return { ...about, content: bytes, ...(cid !== undefined && { cid }) };
}

/** An address in words, for people: never for a header. */
export const addressWords = ({ name, address }: Address): string =>
  name === null ? address : `${name} <${address}>`;
