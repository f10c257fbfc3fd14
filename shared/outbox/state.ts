import { z } from 'zod';
import { assert } from '../basics/problem.ts';

/** How a message stands. Of one that nobody has touched there is no file, and it is planned. */
export const mailStates = [
  'planned',
  'claimed',
  'sent',
  'uncertain',
  'held',
  'released',
  'refused',
] as const;
export type MailState = (typeof mailStates)[number];

/** The word for a state and what it means to whoever reads a list. */
export const stateMeanings: Readonly<Record<MailState, string>> = {
  planned: 'waits for a run that may send it',
  claimed: 'is being handed over',
  sent: 'was taken by the mail server, or from a folder written as a file',
  uncertain: 'may have arrived, or not',
  held: 'waits for a person to release it',
  released: 'was released by a person and waits for a run in mode send',
  refused: 'may not be sent, or was not taken',
};

/**
 * What may follow what. Nothing follows sent but a bounce, so that no mail is sent twice; uncertain is
 * left only by what the mail server tells afterwards, or by a person (or a config) that wants it again.
 */
const follows: Readonly<Record<MailState, readonly MailState[]>> = {
  planned: ['claimed', 'held', 'refused'],
  claimed: ['sent', 'refused', 'uncertain', 'planned', 'released'],
  sent: ['refused'],
  uncertain: ['sent', 'refused', 'released', 'claimed', 'planned'],
  held: ['released', 'held'],
  // A mail that was uncertain may be heard of after it was released.
  released: ['claimed', 'refused', 'sent'],
  refused: ['released'],
};

/** Whether a message in one state may come into another. */
export const mayFollow = (from: MailState, to: MailState): boolean => follows[from].includes(to);

const historyField = z.strictObject({
  state: z.enum(mailStates),
  at: z.iso.datetime(),
  reason: z.string().nullable(),
});

export const stateSchema = z.strictObject({
  state: z.enum(mailStates),
  /** When it came into it. */
  at: z.iso.datetime(),
  /** The run whose words it has, and where that run has written them. */
  run_key: z.string(),
  file: z.string(),
  /** Who claimed it last: unlike any other attempt, of this run or another. */
  attempt: z.string().nullable(),
  /** How often the mail server had it, or may have had it: what it would not take counts for nothing. */
  handed_over: z.int().nonnegative().default(0),
  /** Whom it was handed over for; not the one it was planned for where mail is redirected. */
  recipient: z.string().nullable(),
  reason: z.string().nullable(),
  /** What the mail server calls it. */
  reference: z.string().nullable(),
  /** How it came here, the oldest first. */
  history: z.array(historyField),
});

/** How one message stands, as it is kept beside it. */
export type MessageState = z.output<typeof stateSchema>;

/** Older steps than these are forgotten. */
const MOST_HISTORY = 20;

type Change = Pick<MessageState, 'state' | 'at'> & Partial<Omit<MessageState, 'history'>>;

/** The words that a message has before anything has happened to it. */
export const untouched = ({
  run_key,
  file,
}: Pick<MessageState, 'run_key' | 'file'>): MessageState => ({
  ...{ state: 'planned', at: '1970-01-01T00:00:00.000Z', run_key, file },
  ...{ attempt: null, handed_over: 0, recipient: null, reason: null, reference: null, history: [] },
});

/** A message one step on; what no longer holds, such as an old reason, is in its history alone. */
export const moved = (message: MessageState, change: Change): MessageState => {
  assert(mayFollow(message.state, change.state), `${message.state} becomes ${change.state}`);
  const next = { ...message, reason: null, ...change };
  const step = { state: next.state, at: next.at, reason: next.reason };
  return { ...next, history: [...message.history, step].slice(-MOST_HISTORY) };
};
