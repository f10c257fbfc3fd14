import { z } from 'zod';
import { type Day, dayField } from '../basics/day.ts';
import { canonicalJson } from '../basics/digest.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from '../publish/decode-json.ts';
import type { Mail } from './found-message.ts';
import type { MailState } from './state.ts';

const mattersSchema = z.record(
  z.string(),
  z.strictObject({ kind: z.string(), as_of: dayField, at: z.iso.datetime() }),
);

type Matters = z.output<typeof mattersSchema>;

/**
 * A mail that somebody has let go or is handing over: found by its id for as long as anything is open,
 * whether or not the run that readers are shown plans it, and however old it is.
 */
export interface Matter {
  readonly messageId: string;
  readonly kind: string;
  readonly asOf: Day;
  /** When it was last written down, before anything was done about it. */
  readonly at: string;
}

export const mattersPath = (job: string): string => `outbox/open/${job}.json`;

const FIX =
  'Restore an earlier version of the object. Without one remove it: the mails of two weeks are found without it.';

const readAll = async (store: ObjectStore, job: string) => {
  const path = mattersPath(job);
  const stored = await store.read(path);
  if (stored === undefined) return { matters: {} as Matters, version: null };
  const matters = decodeJson(mattersSchema, stored.bytes, store.locate(path), FIX);
  return { matters, version: stored.version };
};

/** What is open of a job's mail; the store cannot be listed, so it stands in one file. */
export const openMatters = async (store: ObjectStore, job: string): Promise<Matter[]> => {
  const { matters } = await readAll(store, job);
  return Object.entries(matters).map(([messageId, { kind, as_of: asOf, at }]) => {
    return { messageId, kind, asOf, at };
  });
};

/** Writes down mails before anything is done about them, so that a kill leaves none behind unseen. */
export const noteMatters = (
  store: ObjectStore,
  job: string,
  { mails, at }: { readonly mails: readonly Omit<Mail, 'file' | 'runKey'>[]; readonly at: string },
): Promise<void> =>
  change(store, job, (matters) => {
    const noted = mails.map(({ messageId, kind, asOf }) => {
      const before = matters[messageId]?.at ?? at;
      return [messageId, { kind, as_of: asOf, at: before > at ? before : at }] as const;
    });
    return { ...matters, ...Object.fromEntries(noted) };
  });

/** Takes out what is settled, but for what was written down anew since it was read. */
export const closeMatters = async (
  store: ObjectStore,
  job: string,
  closed: readonly Matter[],
): Promise<void> => {
  if (closed.length === 0) return;
  const times = new Map(closed.map(({ messageId, at }) => [messageId, at]));
  await change(store, job, (matters) =>
    Object.fromEntries(Object.entries(matters).filter(([id, { at }]) => times.get(id) !== at)),
  );
};

/** By then whoever wrote a matter down has done what was meant, or was killed before it was begun. */
const INTENT_MS = 86_400_000;

/** Whether nothing is open any more of a mail that was found in a state. */
export const isOver = ({ at }: Matter, state: MailState | 'broken', now: Date): boolean => {
  if (state === 'sent') return true;
  const isAtRest = state === 'planned' || state === 'held' || state === 'refused';
  return isAtRest && now.getTime() - Date.parse(at) > INTENT_MS;
};

/** Few have to do with one job's mail at a time; more lost races than this is something else. */
const MOST_RACES = 10;

async function change(
  store: ObjectStore,
  job: string,
  to: (matters: Matters) => Matters,
): Promise<void> {
  const path = mattersPath(job);
  for (let race = 0; race < MOST_RACES; race += 1) {
    const { matters, version } = await readAll(store, job);
    const bytes = new TextEncoder().encode(canonicalJson(to(matters)));
    const isDone =
      version === null ? store.create(path, bytes) : store.replace(path, bytes, version);
    if (await isDone) return;
  }
  const found = `a file that others changed ${MOST_RACES} times while this tried to`;
  const expected = 'few at work on the mail of one job';
  const fix = 'Try it again; nothing is lost.';
  throw new HoldfastError('results', [{ where: store.locate(path), found, expected, fix }]);
}
