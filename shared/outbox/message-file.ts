import { canonicalJson, sha256 } from '../basics/digest.ts';
import type { PlannedMessage } from './planned-message.ts';

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
