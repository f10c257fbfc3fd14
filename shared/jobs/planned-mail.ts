import { messageFolder, messageIdOf, messageJson } from '../outbox/message-file.ts';
import type { PlannedMessage } from '../outbox/planned-message.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { outboxMessages } from '../publish/outbox-tables.ts';
import type { ParquetFile } from '../publish/parquet-file.ts';

/**
 * Writes the mails of a run beside its tables, to be read before anything is sent: each as a page, as
 * plain text, and whole. They are committed with the run.
 */
export const planMail = async (
  messages: Iterable<PlannedMessage>,
  table: ParquetFile<typeof outboxMessages>,
  others: OtherFiles,
): Promise<number> => {
  let planned = 0;
  for (const message of messages) {
    const messageId = messageIdOf(message);
    const folder = messageFolder(messageId);
    for (const [name, text] of [
      ['message.html', message.html],
      ['message.txt', message.text],
      ['message.json', messageJson(message)],
    ] as const) {
      const file = await others.open(`${folder}/${name}`);
      file.add(text);
      await file.finish();
    }
    const { kind, subject, to, cc } = message;
    const copies = cc.length === 0 ? null : cc.map(({ address }) => address).join(', ');
    const about = { message_id: messageId, kind, recipient: to.address, copies, subject, folder };
    table.add(about);
    planned += 1;
  }
  return planned;
};
