import { compressors } from 'hyparquet-compressors';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';
import { assert } from '../../../shared/basics/problem.ts';
import { cellsOf } from '../../../shared/parquet/cells.ts';
import { type FlatGroup, flatGroups } from '../../../shared/parquet/flat-reader.ts';
import { type FlatValues, UnsafeInteger } from '../../../shared/parquet/page-values.ts';
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

type Columns = FlatGroup['columns'];

const WHOLE_FILE_BYTES = 64 * 1024 * 1024;

/** Yields the range buckets of an unload in order, each sorted in memory. */
export async function* unloadedParquet(unloaded: Unloaded): AsyncGenerator<Batch> {
  const { name, orderBy } = unloaded;
  let last: string | undefined;
  for (const [bucket, files] of byBucket(unloaded.files)) {
    const groups = await Promise.all(files.map((key) => groupsOf(unloaded, key)));
    const { rowCount, keys, sorted } = sortedBy(name, orderBy, joined(groups.flat()));
    if (rowCount === 0) continue;
    const inOrder = last === undefined || compareUtf8(last, keys[0] as string) <= 0;
    assert(inOrder, `bucket ${bucket} of ${name} begins before the one before it ends`);
    last = keys.at(-1);
    yield { rowCount, columns: sorted };
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

async function groupsOf({ name, scratch }: Unloaded, key: string): Promise<FlatGroup[]> {
  const stored = await scratch.open(key);
  if (!stored) {
    const fix = 'Run it again; if it goes on, see whether scratch expires too early.';
    throw answerUnreadable(name, `no file ${scratch.locate(key)}`, 'every file of the unload', fix);
  }
  const groups: FlatGroup[] = [];
  try {
    for await (const group of flatGroups(await inMemory(stored), { compressors })) {
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

function joined(groups: readonly FlatGroup[]): Columns {
  const [first, ...others] = groups;
  if (first === undefined || others.length === 0) return first?.columns ?? {};
  const columns = Object.keys(first.columns).map((name) => {
    return [name, oneAfterAnother(groups.map(({ columns }) => columns[name] ?? []))] as const;
  });
  return Object.fromEntries(columns);
}

function oneAfterAnother(parts: readonly FlatValues[]): FlatValues {
  const areNumbers = parts.every((part) => part instanceof Float64Array);
  if (!areNumbers) return parts.flatMap((part) => Array.from(cellsOf(part)));
  const numbers = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    numbers.set(part, at);
    at += part.length;
  }
  return numbers;
}

function sortedBy(name: string, orderBy: string, columns: Columns) {
  const keys = Array.from(cellsOf(columns[orderBy] ?? []), (key) => {
    if (typeof key === 'string') return key;
    const fix = `Leave such rows out, or cast ${orderBy} to VARCHAR.`;
    throw queryRefused(name, `${key} as ${orderBy}`, 'a text in every row', fix);
  });
  const order = [...keys.keys()].sort((a, b) => compareUtf8(keys[a] as string, keys[b] as string));
  const sorted = Object.fromEntries(
    Object.entries(columns).map(([column, values]) => [column, cellsOf(arranged(values, order))]),
  );
  return { rowCount: keys.length, keys: order.map((row) => keys[row] as string), sorted };
}

function arranged(values: FlatValues, order: readonly number[]): FlatValues {
  if (!(values instanceof Float64Array)) return order.map((row) => values[row] ?? null);
  const numbers = new Float64Array(order.length);
  for (let at = 0; at < order.length; at += 1) numbers[at] = values[order[at] as number] as number;
  return numbers;
}
