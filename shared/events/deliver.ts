import { startOfDay } from '../basics/day.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type EventRow, eventTables, healthEvents } from '../publish/event-tables.ts';
import type { Manifest } from '../publish/manifest.ts';
import { tableBatches } from '../publish/read-table.ts';
import { deliveryNote } from './delivery-note.ts';
import { sealed } from './envelope.ts';

interface Delivery {
  readonly store: ObjectStore;
  /** Null: events wait, and a later run of the same day that has a bus delivers them. */
  readonly bus: EventBus | null;
  readonly timeZone: string;
}

/** How far a run's events have come. */
export interface Delivered {
  readonly planned: number;
  /** By this attempt and those before it. */
  readonly delivered: number;
}

/** One call of EventBridge; a kill repeats no more than this. */
const AT_ONCE = 10;

/**
 * Sends the events that a run has committed, in order, and notes after each call how far it has
 * come. Killed anywhere and run again, every event has been accepted at least once.
 */
export const deliverEvents = async (
  manifest: Manifest,
  { store, bus, timeZone }: Delivery,
): Promise<Delivered> => {
  const file = manifest.files.find(({ table }) => eventTables.some(({ name }) => name === table));
  if (file === undefined) return { planned: 0, delivered: 0 };
  const planned = file.rows;
  const note = deliveryNote(store, manifest, planned);
  let delivered = await note.read();
  if (bus === null || delivered >= planned) return { planned, delivered };

  const occurredAt = startOfDay(manifest.as_of, timeZone).toISOString();
  let reached = 0;
  for await (const rows of inChunks(store, file.path)) {
    const from = reached;
    reached += rows.length;
    if (reached <= delivered) continue;
    const events = rows.slice(Math.max(0, delivered - from));
    await bus.publish(events.map((row) => sealed(row, manifest, occurredAt)));
    delivered = await note.advance(reached);
  }
  return { planned, delivered };
};

/** The rows of an event table, so many at a time. */
async function* inChunks(store: ObjectStore, path: string): AsyncGenerator<EventRow[]> {
  const columns = Object.keys(healthEvents.columns) as (keyof EventRow)[];
  let chunk: EventRow[] = [];
  // The tables differ in their name alone.
  for await (const batch of tableBatches(store, healthEvents, { path, columns })) {
    for (let at = 0; at < batch.rowCount; at += 1) {
      const cells = columns.map((name) => [name, batch.columns[name]?.[at]]);
      chunk.push(Object.fromEntries(cells) as EventRow);
      if (chunk.length < AT_ONCE) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
