import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { assert } from '../../../shared/basics/problem.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { awsFailure, isDropped, isThrottled } from './aws-failure.ts';
import { callRefused, queryStopped, stillRunning } from './query-failure.ts';
import { jittered, withBackoff } from './with-backoff.ts';

export interface AthenaEngine {
  readonly client: AthenaClient;
  readonly catalog: string;
  readonly database: string;
  readonly workgroup: string;
  /** Where Athena keeps answers and manifests when the workgroup does not enforce its own place. */
  readonly outputAddress: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long this process still has; left out where nothing ends it. */
  readonly remainingMs?: (() => number) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The executions one run waits for: started once, watched patiently, stopped when not wanted. */
export interface AthenaExecutions {
  start(name: string, sql: string, token: string): Promise<string>;
  /** Undefined when Athena no longer knows the execution. */
  find(name: string, id: string): Promise<QueryExecution | undefined>;
  /** Waits for the end, good or bad; `canReattach` says a later attempt will find the execution. */
  settle(name: string, id: string, canReattach: boolean): Promise<QueryExecution>;
  stop(id: string): Promise<void>;
  stopAll(): Promise<void>;
  /** Any other call about a query, with the same patience and the same words when it fails. */
  call<T>(name: string, run: () => Promise<T>): Promise<T>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const POLLS_AT_MOST = 10_000;
const RESERVED_MS = 60_000;
const ENDED = new Set<string | undefined>(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/** Keeps what all queries share: tokens, polling, patience, the deadline and the stopping. */
export const athenaExecutions = (engine: AthenaEngine): AthenaExecutions => {
  const watch = { engine, awaited: new Set<string>(), aborted: whenAborted(engine.signal) };
  return {
    start: (name, sql, token) => start(watch, name, sql, token),
    find: (name, id) => find(watch, name, id),
    settle: (name, id, canReattach) => settle(watch, name, id, canReattach),
    stop: (id) => stop(watch, id),
    stopAll: async () => void (await Promise.all([...watch.awaited].map((id) => stop(watch, id)))),
    call: (name, run) => told(name, patiently(engine, run)),
  };
};

interface Watch {
  readonly engine: AthenaEngine;
  /** What is to be stopped when this side goes away. */
  readonly awaited: Set<string>;
  readonly aborted: Promise<void>;
}

async function start(watch: Watch, name: string, sql: string, token: string): Promise<string> {
  const { client, catalog, database, workgroup, outputAddress, signal } = watch.engine;
  if (signal?.aborted) throw queryStopped(name, signal.reason);
  // One token for all repetitions: a lost reply must not make the engine run the query twice.
  const command = new StartQueryExecutionCommand({
    QueryString: sql,
    ClientRequestToken: token,
    QueryExecutionContext: { Catalog: catalog, Database: database },
    WorkGroup: workgroup,
    ResultConfiguration: { OutputLocation: outputAddress },
  });
  const { QueryExecutionId: id } = await told(
    name,
    patiently(watch.engine, () => client.send(command)),
  );
  assert(id, 'a started query has an execution id');
  watch.awaited.add(id);
  return id;
}

async function find(watch: Watch, name: string, id: string): Promise<QueryExecution | undefined> {
  try {
    return await describe(watch, id);
  } catch (error) {
    if (awsFailure(error).name === 'InvalidRequestException') return undefined;
    throw callRefused(name, error);
  }
}

async function settle(watch: Watch, name: string, id: string, canReattach: boolean) {
  const { clock, random, remainingMs, signal } = watch.engine;
  watch.awaited.add(id);
  let pauseMs = FIRST_PAUSE_MS;
  for (let polls = 1; polls <= POLLS_AT_MOST; polls++) {
    const execution = await told(name, describe(watch, id));
    if (ENDED.has(execution.Status?.State)) {
      watch.awaited.delete(id);
      return execution;
    }
    if (signal?.aborted) {
      await stop(watch, id);
      throw queryStopped(name, signal.reason);
    }
    if (remainingMs && remainingMs() < RESERVED_MS) {
      if (canReattach) watch.awaited.delete(id);
      else await stop(watch, id);
      throw stillRunning(name, id, canReattach);
    }
    await Promise.race([clock.sleep(jittered(pauseMs, random)), watch.aborted]);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
  }
  await stop(watch, id);
  throw queryStopped(name, `it did not end within ${POLLS_AT_MOST} looks`);
}

async function stop({ engine, awaited }: Watch, id: string): Promise<void> {
  awaited.delete(id);
  const command = new StopQueryExecutionCommand({ QueryExecutionId: id });
  // Failing to stop must not hide why; the workgroup's limits end the query in any case.
  await patiently(engine, () => engine.client.send(command)).catch(() => undefined);
}

async function describe({ engine }: Watch, id: string): Promise<QueryExecution> {
  const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
  const { QueryExecution: execution } = await patiently(engine, () => engine.client.send(command));
  assert(execution, 'a described execution is given');
  return execution;
}

async function told<T>(name: string, reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    throw callRefused(name, error);
  }
}

function patiently<T>(engine: AthenaEngine, run: () => Promise<T>): Promise<T> {
  return withBackoff(run, (error) => isThrottled(error) || isDropped(error), engine);
}

function whenAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
