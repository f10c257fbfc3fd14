import { addDays, type Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { readPastManifest } from '../publish/manifest.ts';
import { dayPointerOf } from '../publish/pointer.ts';
import type { PastDay } from './past-days.ts';

/** What is older than this says nothing of the week. */
const MOST_DAYS_OLD = 7;

/** The health that was published last by a day; revenue is told beside it, or without it. */
export const healthBeside = (store: ObjectStore, asOf: Day): Promise<PastDay | null> =>
  publishedBeside(store, 'score-accounts', asOf);

/** What a job published last by a day, within a week; null where it did not. */
export const publishedBeside = async (
  store: ObjectStore,
  job: string,
  asOf: Day,
): Promise<PastDay | null> => {
  for (let daysAgo = 0; daysAgo <= MOST_DAYS_OLD; daysAgo += 1) {
    const pointer = await dayPointerOf(store, job, addDays(asOf, -daysAgo));
    const manifest = pointer && (await readPastManifest(store, pointer.manifest));
    if (manifest) return { asOf: manifest.as_of, manifest };
  }
  return null;
};
