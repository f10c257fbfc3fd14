import { type AsyncBuffer, type Compressors, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { RowGroup, SchemaTree } from 'hyparquet/src/types.js';
import { type Chunk, flatColumn } from './flat-column.ts';
import type { FlatValues } from './page-values.ts';

export interface FlatGroup {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, FlatValues>>;
}

interface FlatOptions {
  /** All of them when left out. */
  readonly columns?: readonly string[];
  /** For codecs other than SNAPPY. */
  readonly compressors?: Compressors;
}

/** Reads a file row group by row group; the next is fetched while one is worked on. */
export async function* flatGroups(
  file: AsyncBuffer,
  { columns, compressors = {} }: FlatOptions = {},
): AsyncGenerator<FlatGroup> {
  const metadata = await parquetMetadataAsync(file);
  const { children } = parquetSchema(metadata);
  const nodes = columns?.map((name) => nodeOf(children, name)) ?? children;
  const fetch = (group: RowGroup | undefined) => {
    const chunks = group && fetched(file, group, nodes);
    // Who awaits it hears of it; who stops before has no use for it.
    chunks?.catch(() => undefined);
    return chunks;
  };

  let coming = fetch(metadata.row_groups[0]);
  for (const [index, { num_rows: rows }] of metadata.row_groups.entries()) {
    const chunks = (await coming) ?? [];
    coming = fetch(metadata.row_groups[index + 1]);
    const rowCount = Number(rows);
    const values = chunks.map((chunk) => {
      return [chunk.node.element.name, flatColumn(chunk, rowCount, compressors)] as const;
    });
    yield { rowCount, columns: Object.fromEntries(values) };
  }
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
