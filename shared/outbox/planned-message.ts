import type { Address, Attachment } from '../ports/mailer.ts';

/** What a mail is about; it is told in the table of mails and in the tags of what is sent. */
export const mailKinds = ['renewal_digest', 'weekly_summary', 'csm_weekly'] as const;
export type MailKind = (typeof mailKinds)[number];

/** A mail that a run plans: stored beside its tables, and sent once the run is published. */
export interface PlannedMessage {
  readonly kind: MailKind;
  /** What makes it the same mail: its kind, its recipient and as_of. */
  readonly key: string;
  readonly to: Address;
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}
