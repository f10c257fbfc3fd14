import type { SourceState } from '../sources/finding.ts';
import type { SourceColumn, SourceId } from '../sources/index.ts';

/** Why a rule cannot be asked today: the first source or column it needs and does not have. */
export type Answerable = (needs: readonly SourceColumn[]) => string | null;

/** Turns the states of the sources into that answer. */
export const answerableFrom = (states: readonly SourceState[]): Answerable => {
  const byId = new Map(states.map((state) => [state.id, state]));
  return (needs) => {
    for (const need of needs) {
      const [id, column] = need.split('.') as [SourceId, string];
      const state = byId.get(id);
      if (state === undefined) return `${id} is not configured`;
      if (state.status !== 'ready') return state.reason;
      if (!state.mappedColumns.has(column)) return `${id} has no column ${column}`;
    }
    return null;
  };
};
