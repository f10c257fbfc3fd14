import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import type { RowOf, Table } from '../publish/table.ts';
import type { PastDay } from './past-days.ts';
import { publishedPath } from './published-rows.ts';

/** Rows of a published table of any length, one by one; none where the day has no such table. */
export async function* publishedWalk<
  T extends Table,
  Name extends keyof T['columns'] & keyof RowOf<T> & string,
>(
  store: ObjectStore,
  day: PastDay | null,
  table: T,
  columns: readonly Name[],
): AsyncGenerator<Pick<RowOf<T>, Name>> {
  const path = publishedPath(day, table);
  if (path === undefined) return;
  for await (const batch of tableBatches(store, table, { path, columns })) {
    for (let at = 0; at < batch.rowCount; at += 1) {
      const cells = columns.map((name) => [name, batch.columns[name]?.[at] ?? null]);
      yield Object.fromEntries(cells) as Pick<RowOf<T>, Name>;
    }
  }
}
