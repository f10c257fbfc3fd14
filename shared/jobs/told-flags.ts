import { assert } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import { riskFlags } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { FlagAlert } from '../risk/alert-budget.ts';
import { TOLD } from './risk-rows.ts';

type ToldFlag = Pick<RowOf<typeof riskFlags>, (typeof TOLD)[number]>;

/** Finds what is told of each alert in the flags that the run has written; both in the order of rows. */
export async function* toldFlags(
  store: ObjectStore,
  path: string,
  alerts: Iterable<FlagAlert>,
): AsyncGenerator<readonly [FlagAlert, ToldFlag]> {
  const waiting = alerts[Symbol.iterator]();
  let next = waiting.next();
  let before = 0;
  for await (const { columns, rowCount } of tableBatches(store, riskFlags, {
    path,
    columns: [...TOLD],
  })) {
    for (; !next.done && next.value.row < before + rowCount; next = waiting.next()) {
      const at = next.value.row - before;
      const cells = TOLD.map((name) => [name, columns[name]?.[at] ?? null]);
      yield [next.value, Object.fromEntries(cells) as ToldFlag];
    }
    before += rowCount;
  }
  assert(next.done, 'every alert is of a flag that was written');
}
