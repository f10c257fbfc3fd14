import { z } from 'zod';
import { canonicalJson } from '../basics/digest.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from '../publish/decode-json.ts';
import type { Manifest } from '../publish/manifest.ts';
import { runFolder } from '../publish/run-key.ts';

const noteSchema = z.strictObject({ delivered: z.int().min(0), of: z.int().min(0) });

/** Two attempts of a run may deliver at once; more lost races than this is something else. */
const MOST_RACES = 10;

export const deliveryNotePath = ({
  job,
  as_of: asOf,
  run_key: key,
}: Pick<Manifest, 'job' | 'as_of' | 'run_key'>): string =>
  `${runFolder({ job, asOf, key })}/events-delivered.json`;

/** How many of a run's events have been accepted, beside the run itself; it never goes back. */
export const deliveryNote = (store: ObjectStore, manifest: Manifest, of: number) => {
  const path = deliveryNotePath(manifest);

  const standing = async () => {
    const stored = await store.read(path);
    if (stored === undefined) return { delivered: 0, version: null };
    const { delivered } = decodeJson(noteSchema, stored.bytes, store.locate(path));
    return { delivered, version: stored.version };
  };

  return {
    read: async (): Promise<number> => (await standing()).delivered,

    /** Gives what is noted afterwards: more, where another attempt was ahead. */
    async advance(delivered: number): Promise<number> {
      const bytes = new TextEncoder().encode(canonicalJson({ delivered, of }));
      for (let race = 0; race < MOST_RACES; race += 1) {
        const { delivered: noted, version } = await standing();
        if (noted >= delivered) return noted;
        const isNoted =
          version === null
            ? await store.create(path, bytes)
            : await store.replace(path, bytes, version);
        if (isNoted) return delivered;
      }
      throw new HoldfastError('results', [
        {
          where: store.locate(path),
          found: `a note that others changed ${MOST_RACES} times while this run tried to`,
          expected: 'few attempts of one run at a time',
          fix: 'Run it again; nothing is lost.',
        },
      ]);
    },
  };
};
