import type { Day } from '../basics/day.ts';
import type { Band } from '../health/band.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import { accountHealth } from '../publish/tables.ts';
import type { Contraction } from '../revenue/contraction.ts';
import { healthBeside } from './health-beside.ts';

/** How the worst account of a customer stood before the customer shrank. */
export interface HealthBefore {
  readonly on: Day;
  readonly score: number | null;
  readonly band: Band;
}

const COLUMNS = ['account_id', 'score', 'band'] as const;

/**
 * The health published last before the month in which each customer shrank, by customer. Each day is
 * read once for all who shrank in its month; where none was published there is nothing to tell.
 */
export const healthBefore = async (
  store: ObjectStore,
  contractions: readonly Contraction[],
): Promise<ReadonlyMap<string, HealthBefore>> => {
  const found = new Map<string, HealthBefore>();
  const months = new Set(contractions.flatMap(({ shrankIn }) => shrankIn ?? []));
  for (const month of [...months].sort()) {
    const health = await healthBeside(store, month);
    const path = health?.manifest.files.find(({ table }) => table === accountHealth.name)?.path;
    if (health === null || path === undefined) continue;
    const sought = new Map(
      contractions
        .filter(({ shrankIn }) => shrankIn === month)
        .flatMap(({ accountIds, customer }) => accountIds.map((id) => [id, customer.customerId])),
    );
    for await (const { columns, rowCount } of tableBatches(store, accountHealth, {
      path,
      columns: [...COLUMNS],
    })) {
      for (let row = 0; row < rowCount; row += 1) {
        const customerId = sought.get(columns.account_id?.[row] as string);
        if (customerId === undefined) continue;
        const score = columns.score?.[row] as number | null;
        if ((score ?? 101) >= (found.get(customerId)?.score ?? 102)) continue;
        found.set(customerId, { on: health.asOf, score, band: columns.band?.[row] as Band });
      }
    }
  }
  return found;
};
