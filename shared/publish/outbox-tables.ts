import { defineTable } from './table.ts';

/** The mails that a run has planned. */
export const outboxMessages = defineTable({
  name: 'outbox_messages',
  grain: 'one row per message',
  columns: {
    message_id: { kind: 'text', meaning: 'the same for the same mail, whichever run plans it' },
    kind: { kind: 'text', meaning: 'renewal_digest' },
    recipient: { kind: 'text', meaning: 'address it is for' },
    copies: { kind: 'text', optional: true, meaning: 'addresses that are copied, by comma' },
    subject: { kind: 'text', meaning: 'subject line' },
    folder: { kind: 'text', meaning: 'where it lies, under the results' },
  },
});
