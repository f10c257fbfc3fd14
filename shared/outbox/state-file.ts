import { canonicalJson } from '../basics/digest.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from '../publish/decode-json.ts';
import { messageFolder } from './message-file.ts';
import { type MessageState, stateSchema } from './state.ts';

const statePath = (messageId: string): string => `${messageFolder(messageId)}/state.json`;

/** A state, and the version over which alone it may be replaced; null where there is no file yet. */
export interface Standing {
  readonly message: MessageState;
  readonly version: string;
}

/** How a message stands; null where nobody has touched it. */
/** To remove it is to say that the mail was never touched. */
const FIX =
  'Restore an earlier version of the object; remove it only if the mail has not left, for then it is sent.';

export const readState = async (
  store: ObjectStore,
  messageId: string,
): Promise<Standing | null> => {
  const path = statePath(messageId);
  const stored = await store.read(path);
  if (stored === undefined) return null;
  const message = decodeJson(stateSchema, stored.bytes, store.locate(path), FIX);
  return { message, version: stored.version };
};

/** Writes a state over the one it was made of; false where another was faster. */
export const writeState = (
  store: ObjectStore,
  messageId: string,
  { before, next }: { before: Standing | null; next: MessageState },
): Promise<boolean> => {
  const bytes = new TextEncoder().encode(canonicalJson(next));
  const path = statePath(messageId);
  return before === null ? store.create(path, bytes) : store.replace(path, bytes, before.version);
};

/** Few have to do with one message at a time; more lost races than this is something else. */
const MOST_RACES = 10;

/**
 * Changes a state as it stands, over whatever others have made of it meanwhile. `change` gives null
 * where nothing is to be changed any more. Gives the state that stands afterwards.
 */
export const changeState = async (
  store: ObjectStore,
  messageId: string,
  change: (standing: MessageState | null) => MessageState | null,
): Promise<MessageState | null> => {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const before = await readState(store, messageId);
    const next = change(before?.message ?? null);
    if (next === null) return before?.message ?? null;
    if (await writeState(store, messageId, { before, next })) return next;
  }
  throw new HoldfastError('results', [
    {
      where: store.locate(statePath(messageId)),
      found: `a state that others changed ${MOST_RACES} times while this tried to`,
      expected: 'few attempts at one message at a time',
      fix: 'Try it again; nothing is lost.',
    },
  ]);
};
