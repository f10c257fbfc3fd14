import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { CalendarEntry } from './renewal-calendar.ts';

/** Keeps the largest of very many entries, and counts the rest. */
export interface Largest {
  add(entry: CalendarEntry): void;
  entries(): readonly CalendarEntry[];
  /** How many were offered and not kept. */
  more(): number;
}

/** By ARR, then by id, so that the order in which they come decides nothing. */
export const largestEntries = (limit: number): Largest => {
  let kept: CalendarEntry[] = [];
  let offered = 0;
  const trim = () => {
    if (kept.length > limit) kept = kept.sort(bySize).slice(0, limit);
  };
  return {
    add(entry) {
      offered += 1;
      kept.push(entry);
      if (kept.length >= 2 * limit) trim();
    },
    entries() {
      trim();
      return kept;
    },
    more: () => Math.max(0, offered - limit),
  };
};

const bySize = (a: CalendarEntry, b: CalendarEntry): number =>
  b.dueArrCents - a.dueArrCents || compareUtf8(a.renewalId, b.renewalId);
