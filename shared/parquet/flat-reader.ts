import { type AsyncBuffer, type Compressors, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { RowGroup, SchemaTree } from 'hyparquet/src/types.js';
import { compareUtf8 } from '../basics/compare-utf8.ts';
import { type Chunk, flatColumn } from './flat-column.ts';
import { type FlatValues, parsers } from './page-values.ts';

export interface FlatGroup<Column = FlatValues> {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, Column>>;
}

interface FlatOptions<Column> {
  /** All of them when left out. */
  readonly columns?: readonly string[];
  /** For codecs other than SNAPPY. */
  readonly compressors?: Compressors;
  /** What becomes of each column before the next is decoded. */
  readonly as?: (values: FlatValues) => Column;
  /** Row groups that are passed over unread. */
  readonly passing?: Passing;
}

/** What lies behind: row groups in which no text of a column comes after one that moves on. */
export interface Passing {
  readonly column: string;
  /** Null where nothing does. */
  readonly upTo: () => string | null;
}

/** Reads a file row group by row group; the next is fetched while one is worked on. */
export async function* flatGroups<Column = FlatValues>(
  file: AsyncBuffer,
  { compressors = {}, as = same, ...options }: FlatOptions<Column> = {},
): AsyncGenerator<FlatGroup<Column>> {
  for await (const group of packedGroups(file, options)) {
    const columns = group.chunks.map((chunk) => {
      return [chunk.node.element.name, as(flatColumn(chunk, group.rowCount, compressors))] as const;
    });
    yield { rowCount: group.rowCount, columns: Object.fromEntries(columns) };
  }
}

/** A row group as it stands in the file: plain data, and far less of it than when it is decoded. */
export interface PackedGroup {
  readonly rowCount: number;
  readonly chunks: readonly Chunk[];
}

/** Reads a file without decoding it. */
export async function* packedGroups(
  file: AsyncBuffer,
  { columns, passing }: Pick<FlatOptions<never>, 'columns' | 'passing'> = {},
): AsyncGenerator<PackedGroup> {
  const metadata = await parquetMetadataAsync(file, { parsers });
  const { children } = parquetSchema(metadata);
  const nodes = columns?.map((name) => nodeOf(children, name)) ?? children;
  const fetch = (group: RowGroup | undefined) => {
    const chunks = group && fetched(file, group, nodes);
    // Who awaits it hears of it; who stops before has no use for it.
    chunks?.catch(() => undefined);
    return { group, chunks };
  };
  const groups = metadata.row_groups.values();
  const next = (): RowGroup | undefined => {
    for (const group of groups) if (!isPassed(group, passing)) return group;
    return undefined;
  };

  for (let coming = fetch(next()); coming.group !== undefined; ) {
    const { group } = coming;
    const chunks = (await coming.chunks) ?? [];
    coming = fetch(next());
    // It may have been passed since it was fetched.
    if (!isPassed(group, passing)) yield { rowCount: Number(group.num_rows), chunks };
  }
}

const same = <Column>(values: FlatValues) => values as Column;

/** By its statistics; a group without them is read. */
function isPassed({ columns }: RowGroup, passing: Passing | undefined): boolean {
  const upTo = passing?.upTo() ?? null;
  if (upTo === null) return false;
  const meta = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === passing?.column);
  const last = meta?.meta_data?.statistics?.max_value;
  return typeof last === 'string' && compareUtf8(last, upTo) <= 0;
}

function nodeOf(children: readonly SchemaTree[], name: string): SchemaTree {
  const found = children.find(({ element }) => element.name === name);
  if (found === undefined) throw new Error(`there is no column ${name}`);
  return found;
}

/** The bytes of columns; those that lie side by side come with one request. */
async function fetched(
  file: AsyncBuffer,
  group: RowGroup,
  nodes: readonly SchemaTree[],
): Promise<Chunk[]> {
  const runs: { start: number; end: number }[] = [];
  const places = nodes.map((node) => {
    const meta = group.columns.find(
      ({ meta_data: meta }) => meta?.path_in_schema[0] === node.element.name,
    )?.meta_data;
    if (meta === undefined) throw new Error(`a row group has no column ${node.element.name}`);
    const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
    return { node, meta, start, end: start + Number(meta.total_compressed_size) };
  });
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    if (last?.end === start) last.end = end;
    else runs.push({ start, end });
  }
  const buffers = await Promise.all(runs.map(({ start, end }) => file.slice(start, end)));
  return places.map(({ node, meta, start, end }) => {
    const run = runs.findIndex((one) => one.start <= start && end <= one.end);
    const from = start - (runs[run]?.start ?? 0);
    return { node, meta, bytes: new Uint8Array(buffers[run] as ArrayBuffer, from, end - start) };
  });
}
