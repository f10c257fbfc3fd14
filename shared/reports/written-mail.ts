/** A mail as it is read: by the subject, in HTML, and in plain text. */
export interface WrittenMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
