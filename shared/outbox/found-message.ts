import type { Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { DamagedFile } from '../publish/decode-json.ts';
import { messageFrom } from './message-file.ts';
import type { PlannedMessage } from './planned-message.ts';
import { type MailState, type MessageState, untouched } from './state.ts';
import { readState, type Standing, writeState } from './state-file.ts';

/** A message of a run: where its words are, and of which day. */
export interface Mail {
  readonly messageId: string;
  /** One of mailKinds, as the table of its run has it. */
  readonly kind: string;
  /** The run's own file, which never changes; not the one that readers see. */
  readonly file: string;
  readonly runKey: string;
  readonly asOf: Day;
}

/** A message, and how it stood when it was looked at. */
export interface Found {
  readonly mail: Mail;
  readonly before: Standing | null;
}

/** The state as it was found, or that of a message which nobody has touched. */
export const standingOf = ({ mail, before }: Found): MessageState =>
  before?.message ?? untouched({ run_key: mail.runKey, file: mail.file });

/** Of what was read or sent before, those words again; of all else those of the run that asks. */
export const wordsOf = (found: Found): Pick<MessageState, 'run_key' | 'file'> => {
  const { state, run_key, file } = standingOf(found);
  const areKept = state === 'released' || state === 'uncertain';
  return areKept ? { run_key, file } : { run_key: found.mail.runKey, file: found.mail.file };
};

/** The message as the run has written it, whole. */
export const plannedIn = async (store: ObjectStore, file: string): Promise<PlannedMessage> => {
  const stored = await store.read(file);
  if (stored !== undefined) return messageFrom(stored.bytes, store.locate(file));
  const expected = 'the message that a run has committed';
  const fix = 'Restore the object, or compute its day anew with another revision.';
  throw new DamagedFile('results', [
    { where: store.locate(file), found: 'nothing', expected, fix },
  ]);
};

/** Writes the state, or gives the one that another run was faster with. */
export const settleAs = async (
  { mail, before }: Found,
  next: MessageState,
  store: ObjectStore,
): Promise<MailState> => {
  if (await writeState(store, mail.messageId, { before, next })) return next.state;
  return (await readState(store, mail.messageId))?.message.state ?? 'planned';
};
