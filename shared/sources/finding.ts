import type { Day } from '../basics/day.ts';
import type { SourceId } from './index.ts';

/** One thing a check found in one source. */
export interface Finding {
  readonly source: string;
  readonly check: string;
  readonly column: string | null;
  /** A broken required source stops the run; a broken optional one is left out by name. */
  readonly severity: 'broken' | 'warning';
  readonly rows: number | null;
  readonly share: number | null;
  /** Up to three keys of offending rows. */
  readonly examples: readonly string[];
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

/** What a run may rely on in one source. */
export interface SourceState {
  readonly id: SourceId;
  readonly status: 'ready' | 'stale' | 'broken' | 'absent';
  /** Why its measures are unknown; empty when ready. */
  readonly reason: string;
  readonly rows: number;
  /** Where its history begins; null where it has no column that says so. */
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly freshnessDays: number | null;
  readonly mappedColumns: ReadonlySet<string>;
  readonly findings: readonly Finding[];
  /** The known rows as SQL; null when the source is absent or broken. */
  readonly sql: string | null;
}
