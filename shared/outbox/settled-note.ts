import { z } from 'zod';
import { canonicalJson } from '../basics/digest.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from '../publish/decode-json.ts';
import type { Manifest } from '../publish/manifest.ts';
import { runFolder } from '../publish/run-key.ts';

const noteSchema = z.strictObject({
  settled: z.boolean(),
  /** What opened it again: no two notes are alike, or a note of before would pass for one of now. */
  since: z.string().nullable(),
});

/** Names a run as its manifest does. */
export type RunName = Pick<Manifest, 'job' | 'as_of' | 'run_key'>;

const notePath = ({ job, as_of: asOf, run_key: key }: RunName): string =>
  `${runFolder({ job, asOf, key })}/mail-settled.json`;

/**
 * Says that nothing of a run's mail is left to be done, so that later runs need not look at each
 * message of it again. What a person lets go afterwards is an open matter.
 */
export const settledNote = async (store: ObjectStore, run: RunName) => {
  const path = notePath(run);
  const stored = await store.read(path);
  const settled = stored && decodeJson(noteSchema, stored.bytes, store.locate(path)).settled;
  return {
    isSettled: settled ?? false,
    settle: async (): Promise<void> => {
      const bytes = bytesOf({ settled: true, since: null });
      if (stored === undefined) await store.create(path, bytes);
      else await store.replace(path, bytes, stored.version);
    },
  };
};

const bytesOf = (note: z.output<typeof noteSchema>): Uint8Array =>
  new TextEncoder().encode(canonicalJson(note));
