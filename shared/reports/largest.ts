import { compareUtf8 } from '../basics/compare-utf8.ts';
import { type OrderedShelf, orderedShelf } from './ordered-shelf.ts';
import type { CalendarEntry } from './renewal-calendar.ts';

/** Keeps the largest of very many entries, and counts the rest. */
export type Largest = OrderedShelf<CalendarEntry>;

/** By ARR, then by id, so that the order in which they come decides nothing. */
export const largestEntries = (limit: number): Largest => orderedShelf(limit, bySize);

const bySize = (a: CalendarEntry, b: CalendarEntry): number =>
  b.dueArrCents - a.dueArrCents || compareUtf8(a.renewalId, b.renewalId);
