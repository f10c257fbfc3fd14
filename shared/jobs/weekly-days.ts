import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Manifest } from '../publish/manifest.ts';
import { publishedBeside } from './health-beside.ts';
import type { JobInput } from './job.ts';
import type { PastDay } from './past-days.ts';

/** The days that a week is told from; null where a job has published nothing within seven days. */
export interface WeeklyDays {
  readonly health: PastDay | null;
  readonly revenue: PastDay | null;
  readonly renewals: PastDay | null;
  /** Published in another currency than the report's, and left out; in words. */
  readonly leftOut: readonly string[];
}

/** Finds them; a week of which nothing is published is an error. */
export const weeklyDays = async (
  store: ObjectStore,
  { asOf, config }: JobInput,
): Promise<WeeklyDays> => {
  const { reporting } = config.currency;
  const leftOut: string[] = [];
  const inCurrency = async (job: string, what: string): Promise<PastDay | null> => {
    const day = await publishedBeside(store, job, asOf);
    const { currency = reporting } = day?.manifest.summary ?? {};
    if (currency === reporting) return day;
    leftOut.push(`${what} is published in ${currency} and not in ${reporting}, and is left out`);
    return null;
  };
  const health = await inCurrency('score-accounts', 'health');
  const revenue = await inCurrency('rollup-revenue', 'revenue');
  const renewals = await inCurrency('track-renewals', 'the forecast of renewals');
  if (health !== null || revenue !== null || renewals !== null)
    return { health, revenue, renewals, leftOut };
  throw new HoldfastError('results', [
    {
      where: `results of the week to ${asOf}`,
      found: `nothing published by score-accounts, rollup-revenue or track-renewals in ${reporting}`,
      expected: 'at least one of them, of that day or of the seven before',
      fix: `Run them first: holdfast run score-accounts --as-of ${asOf}, then rollup-revenue and track-renewals.`,
    },
  ]);
};

/** What the runs of those days have found in their sources; the first that names one is believed. */
export const weeklySources = (days: WeeklyDays): Pick<Manifest, 'sources' | 'degraded'> => {
  const manifests = [days.health, days.revenue, days.renewals].flatMap(
    (day) => day?.manifest ?? [],
  );
  const sources = new Map<string, Manifest['sources'][number]>();
  for (const source of manifests.flatMap((manifest) => manifest.sources)) {
    if (!sources.has(source.id)) sources.set(source.id, source);
  }
  const degraded = manifests.some((manifest) => manifest.degraded);
  return { sources: [...sources.values()], degraded };
};
