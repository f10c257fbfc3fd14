import { messageFolder } from '../../../shared/outbox/message-file.ts';
import type { Mailer } from '../../../shared/ports/mailer.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import { mimeMessage } from '../mime-message.ts';

/**
 * Puts each mail beside the results, as the file that a mail program opens: what would have been
 * sent, byte for byte. Nothing leaves. A mail that stands there already is written anew.
 */
export const emlMailer = (store: ObjectStore): Mailer => ({
  async send(message) {
    const mime = await mimeMessage(message);
    if (mime.refusal !== undefined) return { status: 'refused', reason: mime.refusal };
    const key = `${messageFolder(message.messageId)}/message.eml`;
    await write(store, key, mime.bytes);
    return { status: 'sent', reference: store.locate(key) };
  },
});

async function write(store: ObjectStore, key: string, bytes: Uint8Array): Promise<void> {
  while (!(await store.create(key, bytes))) {
    const standing = await store.read(key);
    if (standing && (await store.replace(key, bytes, standing.version))) return;
  }
}
