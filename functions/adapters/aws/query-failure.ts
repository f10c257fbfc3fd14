import type { QueryExecution } from '@aws-sdk/client-athena';
import { HoldfastError, type ProblemKind } from '../../../shared/basics/problem.ts';
import { awsFailure, isDenied, isUnknownCaller } from './aws-failure.ts';

const ACCEPTED = 'a query the engine accepts';
const AGAIN = 'Run it again.';

/** Athena did not take a call about a query: it refused the SQL, the caller, or did not answer. */
export const callRefused = (name: string, cause: unknown): HoldfastError => {
  const { name: error, message } = awsFailure(cause);
  if (error === 'InvalidRequestException') {
    const fix = 'Correct the query or the source it reads.';
    return problem('query', name, message, ACCEPTED, fix, cause);
  }
  const found = `${error} (${message})`;
  return problem('warehouse', name, found, 'Athena to answer', remedy(cause), cause);
};

/** The engine took the query and then gave up on it, in its own words. */
export const queryFailed = (name: string, execution: QueryExecution): HoldfastError => {
  const { State, StateChangeReason, AthenaError } = execution.Status ?? {};
  const words = StateChangeReason ?? AthenaError?.ErrorMessage ?? 'no reason given';
  if (State === 'CANCELLED') {
    return problem('warehouse', name, `it cancelled: ${words}`, 'it to run to its end', AGAIN);
  }
  if (AthenaError?.Retryable) {
    return problem('warehouse', name, words, 'the engine to come through', AGAIN);
  }
  const fix = `Correct the query or its source; the execution is ${execution.QueryExecutionId}.`;
  return problem('query', name, words, ACCEPTED, fix);
};

/** This side stopped the query, so nobody should look for a fault in it. */
export const queryStopped = (name: string, cause: unknown): HoldfastError =>
  problem('warehouse', name, 'it stopped on request', 'it to run to its end', AGAIN, cause);

/** The process runs out of time before the query does: a fact for the retry, not a fault. */
export const stillRunning = (name: string, id: string, canReattach: boolean): HoldfastError => {
  const found = `execution ${id} still running${canReattach ? '' : ', and stopped it'}`;
  const fix = canReattach
    ? 'The query still runs and the next attempt re-attaches to it; nothing needs mending.'
    : `${AGAIN} If it goes on, allow the function more time.`;
  return problem('warehouse', name, found, 'its end a minute before the process must end', fix);
};

/** The query runs, and what it asks for is more than or other than an answer may be. */
export const queryRefused = (name: string, found: string, expected: string, fix: string) =>
  problem('query', name, found, expected, fix);

/** What a finished query left behind cannot be read as its answer. */
export const answerUnreadable = (name: string, found: string, expected: string, fix: string) =>
  problem('warehouse', name, found, expected, fix);

function remedy(cause: unknown): string {
  if (isUnknownCaller(cause)) return 'Give this process valid AWS credentials.';
  return isDenied(cause)
    ? 'Allow athena:StartQueryExecution, GetQueryExecution, GetQueryResults and StopQueryExecution.'
    : `${AGAIN} If it goes on, look at the health and the quotas of Athena in this region.`;
}

function problem(
  kind: ProblemKind,
  name: string,
  found: string,
  expected: string,
  fix: string,
  cause?: unknown,
) {
  const line = found.replace(/\s+/g, ' ').trim();
  const where = `query ${name}`;
  return new HoldfastError(kind, [{ where, found: line, expected, fix }], { cause });
}
