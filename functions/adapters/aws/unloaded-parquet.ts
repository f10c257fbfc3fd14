import { compressors } from 'hyparquet-compressors';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';
import { assert } from '../../../shared/basics/problem.ts';
import { cellsAt, type KeptValues, kept, type Picked } from '../../../shared/parquet/cells.ts';
import { type FlatGroup, flatGroups } from '../../../shared/parquet/flat-reader.ts';
import { UnsafeInteger } from '../../../shared/parquet/page-values.ts';
import type { ObjectStore, RangeReader } from '../../../shared/ports/object-store.ts';
import type { Batch } from '../../../shared/ports/warehouse.ts';
import { safeInteger } from './athena-answer.ts';
import { bucketOf } from './bucketed-unload.ts';
import { answerUnreadable, queryRefused } from './query-failure.ts';

export interface Unloaded {
  readonly name: string;
  readonly orderBy: string;
  readonly scratch: ObjectStore;
  /** The keys in scratch of the files that the manifest names. */
  readonly files: readonly string[];
}

type Group = FlatGroup<KeptValues>;

const WHOLE_FILE_BYTES = 64 * 1024 * 1024;

/** A bucket may be longer, where there are so many accounts that Athena cannot make more of them. */
const ROWS_PER_BATCH = 4_096;

/** Yields the range buckets of an unload in order, each sorted in memory, batch by batch. */
export async function* unloadedParquet(unloaded: Unloaded): AsyncGenerator<Batch> {
  let last: string | undefined;
  for (const [bucket, files] of byBucket(unloaded.files)) {
    const groups = (await Promise.all(files.map((key) => groupsOf(unloaded, key)))).flat();
    const order = inOrder(unloaded, groups);
    const [first] = order;
    if (first === undefined) continue;
    const follows = last === undefined || compareUtf8(last, first.key) <= 0;
    assert(follows, `bucket ${bucket} of ${unloaded.name} begins before the one before it ends`);
    last = order.at(-1)?.key;
    for (let from = 0; from < order.length; from += ROWS_PER_BATCH) {
      yield batchOf(groups, order.slice(from, from + ROWS_PER_BATCH));
    }
  }
}

function byBucket(keys: readonly string[]): [number, string[]][] {
  const buckets = new Map<number, string[]>();
  for (const key of keys) {
    const files = buckets.get(bucketOf(key)) ?? [];
    buckets.set(bucketOf(key), [...files, key]);
  }
  return [...buckets].sort(([a], [b]) => a - b);
}

async function groupsOf({ name, scratch }: Unloaded, key: string): Promise<Group[]> {
  const stored = await scratch.open(key);
  if (!stored) {
    const fix = 'Run it again; if it goes on, see whether scratch expires too early.';
    throw answerUnreadable(name, `no file ${scratch.locate(key)}`, 'every file of the unload', fix);
  }
  const groups: Group[] = [];
  try {
    for await (const group of flatGroups(await inMemory(stored), { compressors, as: kept })) {
      groups.push(group);
    }
  } catch (error) {
    // Says it in the words that a small answer would have said it in.
    if (error instanceof UnsafeInteger) safeInteger(`${name}.${error.column}`, error.integer);
    throw error;
  }
  return groups;
}

/** One request instead of one for each column, for the size that a bucket's file has. */
async function inMemory(file: RangeReader): Promise<RangeReader> {
  if (file.byteLength > WHOLE_FILE_BYTES) return file;
  const whole = await file.slice(0);
  return { byteLength: whole.byteLength, slice: async (start, end) => whole.slice(start, end) };
}

interface PlacedRow {
  readonly key: string;
  readonly group: number;
  readonly row: number;
}

/** Where the rows of a bucket are, in the order of their keys. */
function inOrder({ name, orderBy }: Unloaded, groups: readonly Group[]): PlacedRow[] {
  const rows = groups.flatMap(({ columns, rowCount }, group) =>
    Array.from({ length: rowCount }, (_, row) => {
      const key = columns[orderBy]?.[row] ?? null;
      if (typeof key === 'string') return { key, group, row };
      const fix = `Leave such rows out, or cast ${orderBy} to VARCHAR.`;
      throw queryRefused(name, `${key} as ${orderBy}`, 'a text in every row', fix);
    }),
  );
  return rows.sort((a, b) => compareUtf8(a.key, b.key));
}

function batchOf(groups: readonly Group[], rows: readonly PlacedRow[]): Batch {
  const picked = groups.map((_, part) => ({ part, rows: [], places: [] })) as Picking[];
  for (const [place, { group, row }] of rows.entries()) {
    picked[group]?.rows.push(row);
    picked[group]?.places.push(place);
  }
  const columns = Object.keys(groups[0]?.columns ?? {}).map((name) => {
    const parts = groups.map((group) => group.columns[name] ?? []);
    return [name, cellsAt(parts, picked, rows.length)] as const;
  });
  return { rowCount: rows.length, columns: Object.fromEntries(columns) };
}

type Picking = Picked & { readonly rows: number[]; readonly places: number[] };
