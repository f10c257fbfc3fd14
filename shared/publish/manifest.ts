import { z } from 'zod';
import { dayField } from '../basics/day.ts';
import { canonicalJson } from '../basics/digest.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from './decode-json.ts';
import { type Run, runFolder } from './run-key.ts';

const fileField = z.strictObject({
  /** The table, or the name of a file that is none. */
  table: z.string(),
  path: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  rows: z.number().int(),
  /** Where readers find a file that is no table; a table has its partition. */
  published_as: z.string().optional(),
});

const sourceField = z.strictObject({
  id: z.string(),
  status: z.enum(['ready', 'stale', 'broken', 'absent']),
  reason: z.string(),
  rows: z.number().int(),
  last_day: dayField.nullable(),
  freshness_days: z.number().int().nullable(),
});

const pastDayField = z.strictObject({ as_of: dayField, run_key: z.string() }).nullable();

/** Goes up when manifests or tables change in a way that older runs cannot be read alike. */
const SCHEMA_VERSION = 2;

/** What one run read and wrote. Its creation is the run's commit; it holds no time of day. */
export const manifestSchema = z.strictObject({
  schema_version: z.literal(SCHEMA_VERSION),
  job: z.string(),
  as_of: dayField,
  run_key: z.string(),
  config_hash: z.string(),
  revision: z.number().int(),
  definitions: z.strictObject({
    id: z.string(),
    hash: z.string(),
    meaning: z.record(z.string(), z.unknown()),
  }),
  /** The earlier runs that trend, movement and life cycles were told from. */
  history: z.strictObject({ last_run: pastDayField, baseline: pastDayField }),
  degraded: z.boolean(),
  sources: z.array(sourceField),
  findings: z.number().int(),
  files: z.array(fileField),
  summary: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export type Manifest = z.output<typeof manifestSchema>;

export const manifestPath = (run: Pick<Run, 'job' | 'asOf' | 'key'>): string =>
  `${runFolder(run)}/manifest.json`;

export const readManifest = async (store: ObjectStore, path: string): Promise<Manifest | null> => {
  const stored = await store.read(path);
  return stored === undefined ? null : decodeJson(manifestSchema, stored.bytes, store.locate(path));
};

/** A manifest of an earlier day, or null when it was written by an older Holdfast. */
export const readPastManifest = async (
  store: ObjectStore,
  path: string,
): Promise<Manifest | null> => {
  const stored = await store.read(path);
  if (stored === undefined) return null;
  const where = store.locate(path);
  const { schema_version } = decodeJson(versionedSchema, stored.bytes, where);
  return schema_version < SCHEMA_VERSION ? null : decodeJson(manifestSchema, stored.bytes, where);
};

const versionedSchema = z.looseObject({ schema_version: z.int() });

/** Commits the run. Where another attempt committed first, its manifest is the one that counts. */
export const commitManifest = async (
  store: ObjectStore,
  path: string,
  manifest: Manifest,
): Promise<Manifest> => {
  const created = await store.create(path, new TextEncoder().encode(canonicalJson(manifest)));
  return created ? manifest : ((await readManifest(store, path)) ?? manifest);
};
