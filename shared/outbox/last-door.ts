import { type Day, startOfDay } from '../basics/day.ts';
import { plainText } from '../basics/text.ts';
import type { Address, MailMessage } from '../ports/mailer.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { addressFault } from './allowed-address.ts';
import type { MailRules } from './mail-rules.ts';
import { messageIdOf } from './message-file.ts';
import type { PlannedMessage } from './planned-message.ts';
import { readSuppressed } from './suppression.ts';

interface Letterhead {
  readonly rules: MailRules;
  readonly asOf: Day;
  readonly timeZone: string;
}

/** A domain that cannot exist, for mails that are looked at before a sender is decided. */
const NOBODY = 'not-configured@holdfast.invalid';

const MOST_SUBJECT = 250;

/** A planned message as it is handed to a mailer, addressed as it was planned. */
export const enveloped = (
  message: PlannedMessage,
  { rules, asOf, timeZone }: Letterhead,
): MailMessage => {
  const { kind, html, text, attachments } = message;
  const messageId = messageIdOf(message);
  const replyTo = rules.reply_to === null ? null : { name: null, address: rules.reply_to };
  return {
    messageId,
    from: { name: rules.from_name, address: rules.from ?? NOBODY },
    replyTo,
    to: plainly(message.to),
    cc: message.cc.map(plainly),
    subject: plainText(message.subject, MOST_SUBJECT),
    ...{ html, text, attachments },
    tags: { holdfast_message: messageId, holdfast_kind: kind },
    date: startOfDay(asOf, timeZone).toISOString(),
  };
};

const plainly = ({ name, address }: Address): Address => ({
  name: name === null ? null : plainText(name),
  address,
});

/** What leaves, and which copies do not; or why nothing does. */
export type Passed =
  | { readonly message: MailMessage; readonly without: readonly string[] }
  | { readonly refusal: string };

/**
 * The last look at who is written to, after every other decision: an address that is not allowed, or
 * is to be left alone, is not written to, whoever planned it. A copy that may not leave stays behind
 * and the mail goes without it.
 */
export const throughDoor = async (
  store: ObjectStore,
  planned: MailMessage,
  rules: Pick<MailRules, 'allowed_domains' | 'redirect_to'>,
): Promise<Passed> => {
  const message = redirected(planned, rules.redirect_to);
  const faultOf = async ({ address }: Address): Promise<string | null> => {
    const shown = plainText(address, 100);
    const fault = addressFault(address, rules.allowed_domains);
    if (fault !== null) return `${shown} ${fault}`;
    const suppressed = await readSuppressed(store, address);
    return suppressed === null ? null : `${shown} is left alone: ${suppressed.reason}`;
  };

  const refusal = await faultOf(message.to);
  if (refusal !== null) return { refusal };
  const faults = await Promise.all(message.cc.map(faultOf));
  const cc = message.cc.filter((_, at) => faults[at] === null);
  return {
    message: { ...message, cc },
    without: faults.filter((fault) => fault !== null),
  };
};

/** For trying: one mailbox gets everything, copies of nobody, and reads whom it was for. */
function redirected(message: MailMessage, to: string | null): MailMessage {
  if (to === null) return message;
  const subject = `[for ${plainText(message.to.address, 100)}] ${message.subject}`;
  return {
    ...message,
    subject: plainText(subject, MOST_SUBJECT),
    to: { name: null, address: to },
    cc: [],
  };
}
