import type { SourceState } from '../sources/finding.ts';
import type { SourceColumn, SourceId } from '../sources/index.ts';

/** A column that a rule cannot do without, or several of which one is enough. */
export type Need = SourceColumn | readonly SourceColumn[];

/** Why a rule cannot be asked today: the first thing it needs and does not have; null when it can. */
export type Answerable = (needs: readonly Need[]) => string | null;

/** Turns the states of the sources into that answer. */
export const answerableFrom = (states: readonly SourceState[]): Answerable => {
  const byId = new Map(states.map((state) => [state.id, state]));

  const missing = (need: SourceColumn): string | null => {
    const [id, column] = need.split('.') as [SourceId, string];
    const state = byId.get(id);
    if (state === undefined) return `${id} is not configured`;
    if (state.status !== 'ready') return state.reason;
    return state.mappedColumns.has(column) ? null : `${id} has no column ${column}`;
  };

  return (needs) => {
    for (const need of needs) {
      const reasons = (typeof need === 'string' ? [need] : need).map(missing);
      if (!reasons.includes(null)) return reasons[0] ?? null;
    }
    return null;
  };
};
