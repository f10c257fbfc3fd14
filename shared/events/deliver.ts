import { startOfDay } from '../basics/day.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type EventRow, eventTables, healthEvents } from '../publish/event-tables.ts';
import { type Manifest, manifestPath, readPastManifest } from '../publish/manifest.ts';
import { tableBatches } from '../publish/read-table.ts';
import { deliveryNote } from './delivery-note.ts';
import { sealed } from './envelope.ts';

interface Delivery {
  readonly store: ObjectStore;
  /** Null: events wait, and a later run that has a bus delivers them. */
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

/** Days that are gone back to for events that nobody has heard. */
const MOST_DAYS_BACK = 14;

/**
 * Tells first what earlier days have left untold, the oldest of them first: a bus that was out of
 * reach, or was not there, loses nothing. Goes back until a run all of whose events are told.
 */
export const deliverEarlier = async (manifest: Manifest, delivery: Delivery): Promise<void> => {
  const untold: Manifest[] = [];
  const { job } = manifest;
  let past = manifest.history.last_run;
  while (past !== null && untold.length < MOST_DAYS_BACK) {
    const path = manifestPath({ job, asOf: past.as_of, key: past.run_key });
    const earlier = await readPastManifest(delivery.store, path);
    if (earlier === null) break;
    const { planned, delivered } = await deliverEvents(earlier, { ...delivery, bus: null });
    if (delivered >= planned) break;
    untold.unshift(earlier);
    past = earlier.history.last_run;
  }
  for (const earlier of untold) await deliverEvents(earlier, delivery);
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
