import { EVENT_SOURCE } from '../../../shared/events/event-types.ts';
import type { BusEvent } from '../../../shared/ports/event-bus.ts';

/** Most entries, and most bytes of them, that one call of PutEvents takes. */
const MOST_ENTRIES = 10;
export const MOST_BYTES = 256 * 1024;

/** An event as a call carries it, with what it weighs there. */
export interface Entry {
  readonly event: BusEvent;
  readonly detail: string;
  readonly bytes: number;
}

/** Weighs source, type and detail, which is what EventBridge counts, and the name of the bus. */
export const entryOf = (event: BusEvent, bus: string): Entry => {
  const { type, metadata, data } = event;
  const detail = JSON.stringify({ metadata, data });
  const bytes = Buffer.byteLength(`${EVENT_SOURCE}${type}${detail}${bus}`);
  return { event, detail, bytes };
};

/** Shares entries out over as few calls as their order and the limits of a call allow. */
export const inCalls = (entries: readonly Entry[]): Entry[][] => {
  const calls: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = calls.at(-1);
    bytes += entry.bytes;
    if (last !== undefined && last.length < MOST_ENTRIES && bytes <= MOST_BYTES) {
      last.push(entry);
      continue;
    }
    calls.push([entry]);
    bytes = entry.bytes;
  }
  return calls;
};
