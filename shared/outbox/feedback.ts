import type { ObjectStore } from '../ports/object-store.ts';
import { type MailState, type MessageState, moved } from './state.ts';
import { changeState } from './state-file.ts';
import { suppress } from './suppression.ts';

/** What the mail server tells of a message after it took it: more than once, and in any order. */
export interface Feedback {
  readonly messageId: string;
  readonly kind: 'delivered' | 'bounced' | 'complained' | 'rejected';
  /** No later mail to them can arrive, or is wanted. */
  readonly isPermanent: boolean;
  /** Whom it speaks of: the recipient, or copies. */
  readonly recipients: readonly string[];
  /** ISO; when it happened. */
  readonly at: string;
}

/** States of a message that the mail server may have had; a released one may have been uncertain. */
const HANDED_OVER: readonly MailState[] = ['claimed', 'sent', 'uncertain', 'released'];

/**
 * A message after what was told of it, or null where that changes nothing. All that is told is told of
 * mail that was taken, so whatever was uncertain is no longer. A passing bounce is often no more than a
 * holiday notice: it is written down and the mail counts as sent. A copy that bounces refuses nothing.
 */
export const settle = (message: MessageState, feedback: Feedback): MessageState | null => {
  const { state } = message;
  if (message.attempt === null || !HANDED_OVER.includes(state)) return null;
  const at = new Date(feedback.at).toISOString();
  if (isRefusal(message, feedback)) {
    const taken = state === 'released' ? moved(message, { state: 'sent', at }) : message;
    return moved(taken, { state: 'refused', at, reason: wordsFor(feedback) });
  }
  if (state === 'sent') return null;
  const reason = feedback.kind === 'delivered' ? message.reason : wordsFor(feedback);
  return moved(message, { state: 'sent', at, reason });
};

function isRefusal(
  { recipient }: MessageState,
  { kind, isPermanent, recipients }: Feedback,
): boolean {
  if (kind === 'rejected') return true;
  const isOfRecipient = recipients.some((one) => isSame(one, recipient ?? ''));
  return isOfRecipient && (kind === 'complained' || (kind === 'bounced' && isPermanent));
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const wordsFor = ({ kind, isPermanent }: Feedback): string => {
  if (kind === 'complained') return 'its recipient called it spam';
  if (kind === 'rejected') return 'the mail server would not send it on';
  return isPermanent ? 'it bounced for good' : 'it bounced for a passing reason';
};

/** Writes down what the mail server told: who is to be left alone first, then what became of the mail. */
export const settleFeedback = async (store: ObjectStore, feedback: Feedback): Promise<void> => {
  const { kind, isPermanent, recipients, messageId } = feedback;
  const isUnwanted = kind === 'complained' || (kind === 'bounced' && isPermanent);
  const at = new Date(feedback.at).toISOString();
  for (const address of isUnwanted ? recipients : []) {
    const reason = kind === 'complained' ? 'it called a mail spam' : 'mail to it bounced for good';
    await suppress(store, { address: address.trim().toLowerCase(), reason, at });
  }
  await changeState(store, messageId, (message) => message && settle(message, feedback));
};
