import type { AsyncBuffer } from 'hyparquet';
import { assert } from '../basics/problem.ts';
import { cellsOf } from './cells.ts';
import { flatColumn } from './flat-column.ts';
import { type PackedGroup, packedGroups } from './flat-reader.ts';
import type { FlatValues } from './page-values.ts';

interface Packed {
  readonly rowCount: number;
  readonly last: string;
  readonly packed: PackedGroup;
}

/** The row groups of a file whose rows are in the order of a text column, for another processor. */
export async function* packedBatches(file: AsyncBuffer, orderBy: string): AsyncGenerator<Packed> {
  for await (const packed of packedGroups(file)) {
    const { rowCount, chunks } = packed;
    const ordering = chunks.find(({ node }) => node.element.name === orderBy);
    assert(ordering !== undefined, `the answer has a column ${orderBy}`);
    const last = String(flatColumn(ordering, rowCount, {})[rowCount - 1]);
    if (rowCount > 0) yield { rowCount, last, packed };
  }
}

/** The cells of a packed batch. */
export const unpacked = ({ packed }: { readonly packed: unknown }) => {
  const { rowCount, chunks } = packed as PackedGroup;
  const columns = chunks.map((chunk) => {
    const values: FlatValues = flatColumn(chunk, rowCount, {});
    return [chunk.node.element.name, cellsOf(values)] as const;
  });
  return { rowCount, columns: Object.fromEntries(columns) };
};
