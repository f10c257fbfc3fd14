/** Somebody who writes or is written to. The parts stay apart, so that a name cannot become a recipient. */
export interface Address {
  readonly name: string | null;
  readonly address: string;
}

/** A file in a mail. With a `cid` it is a picture that the HTML shows. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly cid?: string;
}

/** What a mailer is handed: one message to one recipient (and copies). */
export interface MailMessage {
  readonly messageId: string;
  readonly from: Address;
  readonly replyTo: Address | null;
  readonly to: Address;
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly tags: Readonly<Record<string, string>>;
  /** ISO, from as_of. */
  readonly date: string;
}

/** What became of one attempt. Uncertain: the mail server may have taken it, or not. */
export type SendResult =
  | { status: 'sent'; reference: string }
  | { status: 'refused'; reason: string }
  | { status: 'throttled'; reason: string; retryAfterMs: number }
  | { status: 'uncertain'; reason: string };

/**
 * Sends mail, one attempt at a time. What is said of one mail is a result. Throws HoldfastError where
 * no mail can be sent at all, as without credentials; then this one was not taken either.
 */
export interface Mailer {
  send(message: MailMessage): Promise<SendResult>;
}
