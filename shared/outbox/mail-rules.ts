/** What a company has decided of its mail; `mail` of holdfast.yaml is one. */
export interface MailRules {
  /** review: nothing leaves; every mail is held, to be read. */
  readonly mode: 'review' | 'send';
  readonly from: string | null;
  readonly from_name: string | null;
  readonly reply_to: string | null;
  /** Mail goes to addresses of these domains and to no others; subdomains are others. */
  readonly allowed_domains: readonly string[];
  /** All mail goes to this one address instead, for trying. */
  readonly redirect_to: string | null;
  /** hold: what may have arrived is never sent again by itself. */
  readonly on_uncertain: 'hold' | 'resend';
  readonly most_per_run: number;
}
