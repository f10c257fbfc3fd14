import { revenueEvents } from '../publish/event-tables.ts';
import {
  arrBridge,
  arrMovements,
  cohortRetention,
  contractionList,
  priorityQueues,
  retentionRestatements,
  revenueRollups,
} from '../publish/revenue-tables.ts';

/** What rollup-revenue publishes. */
export const revenueTables = {
  arrMovements,
  arrBridge,
  revenueRollups,
  cohortRetention,
  retentionRestatements,
  contractionList,
  priorityQueues,
  revenueEvents,
};
