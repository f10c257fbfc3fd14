import { duckdbWarehouse } from '../../functions/adapters/local/duckdb-warehouse.ts';
import { openConfig } from '../../functions/cli/open-config.ts';
import { toDay } from '../../shared/basics/day.ts';
import type { EventBus } from '../../shared/ports/event-bus.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { companyFolder } from './company-folder.ts';
import { fakeClock } from './fake-clock.ts';
import { memoryEventBus } from './memory-event-bus.ts';
import { silentProgress } from './silent-progress.ts';

/** The day on which tests score their companies. */
export const asOf = toDay('2026-11-22');

/** A company of a few lines of CSV, open and configured. */
export const company = async (change: Parameters<typeof companyFolder>[0] = {}) => {
  const { config: file, warehouse: path } = companyFolder(change);
  return { config: await openConfig(file), warehouse: await duckdbWarehouse({ path }) };
};

const unasked = () => {
  throw new Error('nothing is asked of the warehouse');
};

/** For a job that reads what is published, and no warehouse. */
export const noWarehouse: Warehouse = { read: unasked, stream: unasked, close: async () => {} };

/** The ports of a run in which no time passes and nothing is told. */
export const portsOf = (
  warehouse: Warehouse,
  store: ObjectStore,
  bus: EventBus | null = memoryEventBus(),
) => ({
  warehouse,
  store,
  bus,
  clock: fakeClock(),
  progress: silentProgress,
});
