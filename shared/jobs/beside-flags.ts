import { assert } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Batch } from '../ports/warehouse.ts';
import { tableBatches } from '../publish/read-table.ts';
import { riskFlags } from '../publish/risk-tables.ts';
import type { FlagAlert } from '../risk/alert-budget.ts';
import { TOLD } from './risk-rows.ts';

/**
 * Shows each alert beside the row of its flag, in the flags that the run has written: the columns
 * TOLD, and which row of them. Both are in the order of rows.
 */
export const besideFlags = async (
  store: ObjectStore,
  path: string,
  alerts: Iterable<FlagAlert>,
  show: (alert: FlagAlert, columns: Batch['columns'], row: number) => void,
): Promise<void> => {
  const waiting = alerts[Symbol.iterator]();
  let next = waiting.next();
  let before = 0;
  for await (const { columns, rowCount } of tableBatches(store, riskFlags, {
    path,
    columns: [...TOLD],
  })) {
    for (; !next.done && next.value.row < before + rowCount; next = waiting.next()) {
      show(next.value, columns, next.value.row - before);
    }
    before += rowCount;
  }
  assert(next.done, 'every alert is of a flag that was written');
};
