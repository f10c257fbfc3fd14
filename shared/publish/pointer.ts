import { z } from 'zod';
import { type Day, dayField } from '../basics/day.ts';
import { canonicalJson } from '../basics/digest.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from './decode-json.ts';
import { manifestPath } from './manifest.ts';
import type { Run } from './run-key.ts';

const pointerSchema = z.strictObject({
  as_of: dayField,
  revision: z.number().int(),
  run_key: z.string(),
  manifest: z.string(),
});

/** Which run readers are shown, of a day or as the latest. */
export type Pointer = z.output<typeof pointerSchema>;

/** Racing runs of one job are few; more than this many lost races is something else. */
const MOST_RACES = 10;

export const latestPath = (job: string): string => `latest/${job}.json`;
const dayPath = ({ job, asOf }: Pick<Run, 'job' | 'asOf'>): string => `latest/${job}/${asOf}.json`;

export const readPointer = async (store: ObjectStore, job: string): Promise<Pointer | null> =>
  (await standing(store, latestPath(job)))?.pointer ?? null;

export const dayPointer = (store: ObjectStore, { job, asOf }: Run): Promise<Pointer | null> =>
  dayPointerOf(store, job, asOf);

export const dayPointerOf = async (
  store: ObjectStore,
  job: string,
  asOf: Day,
): Promise<Pointer | null> => (await standing(store, dayPath({ job, asOf })))?.pointer ?? null;

/** Claims a day for a run, unless a later revision of that day has it; false when it stays. */
export const claimDay = (store: ObjectStore, run: Run): Promise<boolean> =>
  advance(store, dayPath(run), run, (current) => current.revision > run.revision);

/** Makes a run the latest of its job, never back to an earlier day or revision; false when not. */
export const moveLatest = (store: ObjectStore, run: Run): Promise<boolean> =>
  advance(
    store,
    latestPath(run.job),
    run,
    (current) =>
      current.as_of > run.asOf || (current.as_of === run.asOf && current.revision > run.revision),
  );

async function advance(
  store: ObjectStore,
  path: string,
  run: Run,
  isLater: (current: Pointer) => boolean,
): Promise<boolean> {
  const next: Pointer = {
    as_of: run.asOf,
    revision: run.revision,
    run_key: run.key,
    manifest: manifestPath(run),
  };
  const bytes = new TextEncoder().encode(canonicalJson(next));
  for (let race = 0; race < MOST_RACES; race += 1) {
    const current = await standing(store, path);
    if (current === null) {
      if (await store.create(path, bytes)) return true;
      continue;
    }
    if (isLater(current.pointer)) return false;
    if (current.pointer.run_key === run.key) return true;
    if (await store.replace(path, bytes, current.version)) return true;
  }
  throw new HoldfastError('results', [
    {
      where: store.locate(path),
      found: `a pointer that others moved ${MOST_RACES} times while this run tried to`,
      expected: 'few runs of one job at a time',
      fix: 'Run it again; nothing is lost.',
    },
  ]);
}

async function standing(store: ObjectStore, path: string) {
  const stored = await store.read(path);
  if (stored === undefined) return null;
  const pointer = decodeJson(pointerSchema, stored.bytes, store.locate(path));
  return { pointer, version: stored.version };
}
