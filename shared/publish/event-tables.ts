import { defineTable, type RowOf } from './table.ts';

/** What happened, as a run has planned to tell it; the order of the rows is that of delivery. */
const eventColumns = {
  event_id: { kind: 'text', meaning: 'the same for the same fact, whichever run tells it' },
  type: { kind: 'text', meaning: 'such as HealthBandChanged; docs/events has a schema of each' },
  schema_version: { kind: 'count', meaning: 'version of the schema that data keeps to' },
  subject: { kind: 'text', meaning: 'account, renewal, quarter or job that it is about' },
  data: { kind: 'text', meaning: 'JSON of the schema; names nobody but by id and owner_email' },
  is_alert: {
    kind: 'flag',
    meaning: 'asks for an act; tells in heldBecause when the run holds its alerts',
  },
} as const;

const eventTable = (name: string) =>
  defineTable({ name, grain: 'one row per event', columns: eventColumns });

export const healthEvents = eventTable('health_events');
export const revenueEvents = eventTable('revenue_events');
export const renewalEvents = eventTable('renewal_events');
export const weeklyEvents = eventTable('weekly_events');

/** A run has one of them at most. */
export const eventTables = [healthEvents, revenueEvents, renewalEvents, weeklyEvents] as const;

export type EventRow = RowOf<typeof healthEvents>;
