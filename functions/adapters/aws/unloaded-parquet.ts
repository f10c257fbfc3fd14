import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { dayFromEpoch } from '../../../shared/basics/day.ts';
import { assert } from '../../../shared/basics/problem.ts';
import type { ObjectStore, RangeReader } from '../../../shared/ports/object-store.ts';
import type { Batch, Cell } from '../../../shared/ports/warehouse.ts';
import { safeInteger } from './athena-answer.ts';
import { bucketOf } from './bucketed-unload.ts';
import { compareUtf8 } from './compare-utf8.ts';
import { answerUnreadable, queryRefused } from './query-failure.ts';

export interface Unloaded {
  readonly name: string;
  readonly orderBy: string;
  readonly scratch: ObjectStore;
  /** The keys in scratch of the files that the manifest names. */
  readonly files: readonly string[];
}

type Columns = Record<string, Cell[]>;

interface Chunk {
  readonly columnName: string;
  readonly columnData: ArrayLike<unknown>;
  readonly rowStart: number;
}

const WHOLE_FILE_BYTES = 64 * 1024 * 1024;

/** Yields the range buckets of an unload in order, each sorted in memory. */
export async function* unloadedParquet(unloaded: Unloaded): AsyncGenerator<Batch> {
  const { name, orderBy } = unloaded;
  let last: string | undefined;
  for (const [bucket, files] of byBucket(unloaded.files)) {
    const columns = joined(await Promise.all(files.map((key) => columnsOf(unloaded, key))));
    const { rowCount, keys, sorted } = sortedBy(name, orderBy, columns);
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

async function columnsOf({ name, scratch }: Unloaded, key: string): Promise<Columns> {
  const stored = await scratch.open(key);
  if (!stored) {
    const fix = 'Run it again; if it goes on, see whether scratch expires too early.';
    throw answerUnreadable(name, `no file ${scratch.locate(key)}`, 'every file of the unload', fix);
  }
  const file = await inMemory(stored);
  const metadata = await parquetMetadataAsync(file);
  const chunks: Chunk[] = [];
  const onChunk = (chunk: Chunk) => void chunks.push(chunk);
  await parquetRead({ file, metadata, compressors, parsers, onChunk });

  const columns: Columns = {};
  for (const { element } of parquetSchema(metadata).children) {
    columns[element.name] = new Array<Cell>(Number(metadata.num_rows)).fill(null);
  }
  // Not within onChunk: hyparquet loses what is thrown there as an unhandled rejection.
  for (const { columnName, columnData, rowStart } of chunks) {
    const cells = columns[columnName];
    assert(cells, `column ${columnName} of ${key} is in its schema`);
    for (let row = 0; row < columnData.length; row++) {
      cells[rowStart + row] = cellOf(`${name}.${columnName}`, columnData[row]);
    }
  }
  return columns;
}

/** One request instead of one for each column, for the size that a bucket's file has. */
async function inMemory(file: RangeReader): Promise<RangeReader> {
  if (file.byteLength > WHOLE_FILE_BYTES) return file;
  const whole = await file.slice(0);
  return { byteLength: whole.byteLength, slice: async (start, end) => whole.slice(start, end) };
}

// The decoder that hyparquet would use drops a leading byte order mark, which is part of the text.
const text = new TextDecoder('utf-8', { ignoreBOM: true });
const parsers = {
  dateFromDays: (days: number) => dayFromEpoch(days),
  stringFromBytes: (bytes: Uint8Array) => text.decode(bytes),
};

function cellOf(column: string, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value === 'bigint') return safeInteger(column, value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // As Athena itself writes a timestamp in its result pages.
  assert(value instanceof Date, `column ${column} is of a type that a batch can hold`);
  return value.toISOString().replace('T', ' ').replace('Z', '');
}

function joined(parts: readonly Columns[]): Columns {
  const [first = {}, ...others] = parts;
  if (others.length === 0) return first;
  return Object.fromEntries(
    Object.keys(first).map((name) => [name, parts.flatMap((part) => part[name] ?? [])]),
  );
}

function sortedBy(name: string, orderBy: string, columns: Columns) {
  const unsorted = columns[orderBy] ?? [];
  const keys = unsorted.map((key) => {
    if (typeof key === 'string') return key;
    const fix = `Leave such rows out, or cast ${orderBy} to VARCHAR.`;
    throw queryRefused(name, `${key} as ${orderBy}`, 'a text in every row', fix);
  });
  const order = [...keys.keys()].sort((a, b) => compareUtf8(keys[a] as string, keys[b] as string));
  const arranged = <T>(cells: readonly T[]) => order.map((row) => cells[row] as T);
  const sorted = Object.fromEntries(
    Object.entries(columns).map(([column, cells]) => [column, arranged(cells)]),
  );
  return { rowCount: keys.length, keys: arranged(keys), sorted };
}
