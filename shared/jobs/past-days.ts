import { addDays, type Day, daysBetween } from '../basics/day.ts';
import { TREND_DAYS } from '../health/trend.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Manifest, readPastManifest } from '../publish/manifest.ts';
import { dayPointerOf, readPointer } from '../publish/pointer.ts';
import type { Run } from '../publish/run-key.ts';

/** The earlier days that a run looks back on; null where there is none. */
export interface PastDays {
  readonly lastRun: PastDay | null;
  /** The day closest to 28 days ago, for the trend; of renewals that closest to a week ago. */
  readonly baseline: PastDay | null;
}

export interface PastDay {
  readonly asOf: Day;
  readonly manifest: Manifest;
}

/** How far back an earlier run is looked for. */
const MOST_DAYS_BACK = 42;

/** Days asked for at once: a company that runs nightly finds its day among the first. */
const DAYS_AT_ONCE = 7;

/**
 * Finds the earlier days by the pointers of the days themselves, since a store cannot be asked what
 * lies before. A day scored by other definitions of ours has other columns and is no history.
 */
export const pastDays = async (
  store: ObjectStore,
  run: Run,
  { fewestDays }: { fewestDays: number },
): Promise<PastDays> => {
  const [lastRun, baseline] = await Promise.all([
    lastPublished(store, run),
    publishedNear(store, run, { daysAgo: TREND_DAYS, fewestDays }),
  ]);
  return { lastRun, baseline };
};

/** The run whose past is looked for: of the same job, by the same definitions. */
type Told = Pick<Run, 'job' | 'asOf' | 'definitions'>;

interface Near {
  readonly daysAgo: number;
  readonly fewestDays: number;
}

/** The published day that is closest to so many days ago; null where there is none. */
export const publishedNear = async (
  store: ObjectStore,
  run: Told,
  { daysAgo, fewestDays }: Near,
): Promise<PastDay | null> => {
  if ((await readPointer(store, run.job)) === null) return null;
  const distance = (day: Day) => Math.abs(daysBetween(day, run.asOf) - daysAgo);
  const closest = daysBack(run)
    .slice(fewestDays - 1)
    .sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
  return firstPublished(store, run, closest);
};

/** A week is told since a day that is at most so old; what is older is no week. */
const MOST_DAYS_OF_A_WEEK = 10;

/** The day about a week before a published one, by the same definitions in the same currency. */
export const weekBefore = async (store: ObjectStore, day: PastDay): Promise<PastDay | null> => {
  const run = { job: day.manifest.job, asOf: day.asOf, definitions: day.manifest.definitions };
  const found = await publishedNear(store, run, { daysAgo: 7, fewestDays: 4 });
  if (found === null || daysBetween(found.asOf, day.asOf) > MOST_DAYS_OF_A_WEEK) return null;
  const { definitions, summary } = found.manifest;
  const isAlike =
    definitions.hash === day.manifest.definitions.hash &&
    summary.currency === day.manifest.summary.currency;
  return isAlike ? found : null;
};

/** The last day before a run that its job has published; null where there is none. */
export const lastPublished = async (store: ObjectStore, run: Told): Promise<PastDay | null> => {
  const latest = await readPointer(store, run.job);
  if (latest === null) return null;
  const near = await firstPublished(store, run, daysBack(run));
  // After a long silence the pointer still knows.
  return near ?? (latest.as_of < run.asOf ? firstPublished(store, run, [latest.as_of]) : null);
};

const daysBack = ({ asOf }: Told): Day[] =>
  Array.from({ length: MOST_DAYS_BACK }, (_, index) => addDays(asOf, -index - 1));

async function firstPublished(
  store: ObjectStore,
  run: Told,
  days: readonly Day[],
): Promise<PastDay | null> {
  for (let from = 0; from < days.length; from += DAYS_AT_ONCE) {
    const asked = days.slice(from, from + DAYS_AT_ONCE);
    const pointers = await Promise.all(asked.map((day) => dayPointerOf(store, run.job, day)));
    for (const pointer of pointers) {
      const manifest = pointer && (await readPastManifest(store, pointer.manifest));
      if (manifest?.definitions.id !== run.definitions.id) continue;
      return { asOf: manifest.as_of, manifest };
    }
  }
  return null;
}
