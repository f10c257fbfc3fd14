import { z } from 'zod';
import type { BusEvent } from '../ports/event-bus.ts';
import type { EventRow } from '../publish/event-tables.ts';
import type { Manifest } from '../publish/manifest.ts';
import { day, text } from './event-fields.ts';
import { type EventType, eventTypes } from './event-types.ts';

/** A planned event as it is sent; the run now knows whether its alerts are held. */
export const sealed = (row: EventRow, manifest: Manifest, occurredAt: string): BusEvent => {
  const data = JSON.parse(row.data) as BusEvent['data'];
  const heldBecause = manifest.summary.alerts_held_because ?? null;
  return {
    type: row.type,
    metadata: {
      id: row.event_id,
      schemaVersion: row.schema_version,
      runKey: manifest.run_key,
      asOf: manifest.as_of,
      occurredAt,
    },
    data: row.is_alert ? { ...data, heldBecause } : data,
  };
};

/** What consumers can count on, for docs/events: the `detail` of an event on the bus. */
export const envelopeSchema = (type: EventType) => {
  const { schemaVersion, when, data } = eventTypes[type];
  const metadata = z
    .strictObject({
      id: text('The same for the same fact: drop an event whose id you have seen.'),
      schemaVersion: z.literal(schemaVersion).describe('Goes up with every change of this schema.'),
      runKey: text('Run that told it; its folder in the results has this name.'),
      asOf: day('Day the figures are of, in the business time zone.'),
      occurredAt: z.iso.datetime().describe('Start of that day as an instant.'),
    })
    .describe('The same for every type.');
  return z.strictObject({ metadata, data: data.describe('What happened.') }).describe(when);
};
