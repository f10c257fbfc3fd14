import { defineTable } from './table.ts';

/** What is known of a planned mail, whichever job plans it. */
const columns = {
  message_id: { kind: 'text', meaning: 'the same for the same mail, whichever run plans it' },
  kind: { kind: 'text', meaning: 'renewal_digest, weekly_summary or csm_weekly' },
  recipient: { kind: 'text', meaning: 'address it is for' },
  copies: { kind: 'text', optional: true, meaning: 'addresses that are copied, by comma' },
  subject: { kind: 'text', meaning: 'subject line' },
  folder: { kind: 'text', meaning: 'where it lies, under the results' },
} as const;

const grain = 'one row per message';

/** The mails that a run of track-renewals has planned. */
export const outboxMessages = defineTable({ name: 'outbox_messages', grain, columns });

/** The mails that a run of weekly-summary has planned; a day of one table belongs to one job. */
export const summaryMessages = defineTable({ name: 'summary_messages', grain, columns });

/** Every table of mails; they differ in their name alone. */
export const outboxTables = [outboxMessages, summaryMessages] as const;
