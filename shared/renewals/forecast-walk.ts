import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Cents } from '../basics/money.ts';
import type { Category } from './forecast.ts';

/** A renewal as a forecast had it. */
export interface ForecastLine {
  readonly quarter: string;
  readonly expected: Cents;
  readonly category: Category;
}

/** From the expected of one day to that of another; opening + all changes = closing. */
export interface WalkRow {
  readonly quarter: string;
  opening: Cents;
  added: Cents;
  won: Cents;
  lost: Cents;
  movedIn: Cents;
  movedOut: Cents;
  up: Cents;
  down: Cents;
  gone: Cents;
  closing: Cents;
}

/**
 * Says quarter by quarter what changed a forecast. Every renewal has one kind of change: it was not
 * there before; it was won or lost since; its date moved to another quarter; or more or less of it is
 * expected. Quarters that are over count in neither forecast.
 */
export const walkTally = (firstQuarter: string) => {
  const rows = new Map<string, WalkRow>();
  const rowOf = (quarter: string): WalkRow => {
    const row = rows.get(quarter) ?? { quarter, ...nothing() };
    rows.set(quarter, row);
    return row;
  };
  const current = (line: ForecastLine | null): ForecastLine | null =>
    line === null || line.quarter < firstQuarter ? null : line;

  return {
    /** Of one renewal what the earlier forecast had and what today's has; null where it is not in it. */
    add(earlier: ForecastLine | null, now: ForecastLine | null): void {
      const [before, after] = [current(earlier), current(now)];
      if (before !== null) rowOf(before.quarter).opening += before.expected;
      if (after !== null) rowOf(after.quarter).closing += after.expected;
      if (before === null && after !== null) rowOf(after.quarter).added += after.expected;
      else if (before !== null && after === null) rowOf(before.quarter).gone -= before.expected;
      else if (before !== null && after !== null) changed(rowOf, before, after);
    },

    /** By quarter, and then all of them together. */
    rows(): WalkRow[] {
      const byQuarter = [...rows.values()].sort((a, b) => compareUtf8(a.quarter, b.quarter));
      const all: WalkRow = { quarter: 'all', ...nothing() };
      for (const row of byQuarter) for (const kind of KINDS) all[kind] += row[kind];
      return [...byQuarter, all];
    },
  };
};

function changed(
  rowOf: (quarter: string) => WalkRow,
  before: ForecastLine,
  after: ForecastLine,
): void {
  const row = rowOf(after.quarter);
  if (before.quarter !== after.quarter) {
    // It moves with what was expected of it; what has changed besides is told in the new quarter.
    rowOf(before.quarter).movedOut -= before.expected;
    row.movedIn += before.expected;
  }
  const change = after.expected - before.expected;
  if (after.category === 'won' && before.category !== 'won') row.won += change;
  else if (after.category === 'lost' && before.category !== 'lost') row.lost += change;
  else if (change > 0) row.up += change;
  else row.down += change;
}

const KINDS = [
  ...(['opening', 'added', 'won', 'lost', 'movedIn', 'movedOut'] as const),
  ...(['up', 'down', 'gone', 'closing'] as const),
] as const;

const nothing = () => ({
  ...{ opening: 0, added: 0, won: 0, lost: 0, movedIn: 0, movedOut: 0 },
  ...{ up: 0, down: 0, gone: 0, closing: 0 },
});
