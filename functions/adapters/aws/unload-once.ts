import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import type { AthenaExecutions } from './athena-executions.ts';
import type { UnloadTry } from './bucketed-unload.ts';
import { answerUnreadable, queryFailed } from './query-failure.ts';

export interface UnloadMeans {
  readonly executions: AthenaExecutions;
  readonly scratch: ObjectStore;
  readonly clock: Clock;
}

const STARTS_AT_MOST = 3;
const TRIES_AT_MOST = 50;
// Scratch lives for a day at the least; an older answer may have lost its files.
const FRESH_MS = 20 * 3_600_000;

/**
 * Gets one good execution of an unload: the one an earlier attempt of the run began, if it still
 * can serve, or else a new one in a place of its own. What failed before is not held against it.
 */
export const unloadOnce = async (
  name: string,
  tryNumber: (number: number) => UnloadTry,
  means: UnloadMeans,
): Promise<QueryExecution> => {
  const { executions } = means;
  let starts = 0;
  let last: QueryExecution | undefined;
  for (let number = 1; number <= TRIES_AT_MOST; number++) {
    const unload = tryNumber(number);
    const known = await recall(unload.record, means);
    if (known === undefined && starts++ === STARTS_AT_MOST) break;
    const id = known ?? (await startAndRecord(name, unload, means));

    const seen = await executions.find(name, id);
    if (!seen || isSpent(seen, known !== undefined, means.clock)) continue;
    last = await executions.settle(name, id, true);
    if (last.Status?.State === 'SUCCEEDED') return last;
    const isPassing = last.Status?.State === 'FAILED' && last.Status.AthenaError?.Retryable;
    if (!isPassing) break;
  }
  if (last) throw queryFailed(name, last);
  const fix = `Empty the scratch folder of this query, ${tryNumber(1).record}.`;
  throw answerUnreadable(name, 'only executions that ended badly', 'one that can serve', fix);
};

/** An execution that ended badly before we came, or so long ago that its files may be gone. */
function isSpent(execution: QueryExecution, isKnown: boolean, clock: Clock): boolean {
  const { State, CompletionDateTime } = execution.Status ?? {};
  if (State === 'SUCCEEDED' && CompletionDateTime) {
    return clock.now().getTime() - CompletionDateTime.getTime() > FRESH_MS;
  }
  // A token leads to an execution cancelled earlier as well; a failure may be that of this start.
  return State === 'CANCELLED' || (State === 'FAILED' && isKnown);
}

async function recall(record: string, { scratch }: UnloadMeans): Promise<string | undefined> {
  const stored = await scratch.read(record);
  if (!stored) return undefined;
  const { executionId } = JSON.parse(Buffer.from(stored.bytes).toString()) as Recorded;
  return executionId;
}

interface Recorded {
  readonly executionId: string;
}

/** Tokens expire, so the id is written down too; whoever wrote first is followed. */
async function startAndRecord(name: string, unload: UnloadTry, means: UnloadMeans) {
  const executionId = await means.executions.start(name, unload.sql, unload.token);
  const recorded: Recorded = { executionId };
  const bytes = Buffer.from(JSON.stringify(recorded));
  if (await means.scratch.create(unload.record, bytes)) return executionId;
  const other = await recall(unload.record, means);
  if (other === undefined || other === executionId) return executionId;
  await means.executions.stop(executionId);
  return other;
}
