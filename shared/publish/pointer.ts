import { z } from 'zod';
import { dayField } from '../basics/day.ts';
import { canonicalJson } from '../basics/digest.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { manifestPath } from './manifest.ts';
import type { Run } from './run-key.ts';

const pointerSchema = z.strictObject({
  as_of: dayField,
  run_key: z.string(),
  manifest: z.string(),
});

export type Pointer = z.output<typeof pointerSchema>;

/** Racing runs of one job are few; more than this many lost races is something else. */
const MOST_RACES = 10;

export const pointerPath = (job: string): string => `latest/${job}.json`;

export const readPointer = async (store: ObjectStore, job: string): Promise<Pointer | null> => {
  const stored = await store.read(pointerPath(job));
  return stored === undefined ? null : decode(stored.bytes);
};

/** Moves the pointer of a job to a run, never back to an earlier day; false when it stays. */
export const movePointer = async (store: ObjectStore, run: Run): Promise<boolean> => {
  const path = pointerPath(run.job);
  const next = { as_of: run.asOf, run_key: run.key, manifest: manifestPath(run) };
  const bytes = new TextEncoder().encode(canonicalJson(next));
  for (let race = 0; race < MOST_RACES; race += 1) {
    const stored = await store.read(path);
    if (stored === undefined) {
      if (await store.create(path, bytes)) return true;
      continue;
    }
    const current = decode(stored.bytes);
    if (current.as_of > run.asOf) return false;
    if (current.as_of === run.asOf && current.run_key === run.key) return true;
    if (await store.replace(path, bytes, stored.version)) return true;
  }
  throw new HoldfastError('results', [
    {
      where: store.locate(path),
      found: `a pointer that others moved ${MOST_RACES} times while this run tried to`,
      expected: 'few runs of one job at a time',
      fix: 'Run it again; nothing is lost, the files and tables are published.',
    },
  ]);
};

function decode(bytes: Uint8Array): Pointer {
  return pointerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
