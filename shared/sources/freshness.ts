import { type Day, daysBetween } from '../basics/day.ts';
import type { SourceState } from './finding.ts';
import type { SourceId } from './index.ts';

/**
 * How fresh a source is. The last complete day is the one before as_of, so a source that has it is
 * 0 days old; older than its limit, it is stale and its measures are unknown.
 */
export const freshness = (
  id: SourceId,
  limit: number | null,
  lastDay: Day | null,
  asOf: Day,
): Pick<SourceState, 'status' | 'reason' | 'freshnessDays'> => {
  const age = lastDay === null ? 0 : daysBetween(lastDay, asOf) - 1;
  if (limit === null || age <= limit) return { status: 'ready', reason: '', freshnessDays: limit };
  const reason = `${id} is stale: its last day is ${lastDay}, ${age} days before the last complete day, limit ${limit}`;
  return { status: 'stale', reason, freshnessDays: limit };
};
