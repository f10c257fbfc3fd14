import type { Address, Attachment } from '../ports/mailer.ts';

/** A mail that a run plans: stored beside its tables, and sent once the run is published. */
export interface PlannedMessage {
  readonly kind: 'renewal_digest';
  /** What makes it the same mail: its kind, its recipient and as_of. */
  readonly key: string;
  readonly to: Address;
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}
