import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { described, type Execution, invalid, json, page } from './athena-wire.ts';
import { selected, unloaded } from './fake-athena-engine.ts';
import type { FakeS3 } from './fake-s3.ts';
import { type FakeReply, type HttpFake, httpFake } from './http-fake.ts';

/** `slow 12` stays RUNNING for twelve looks; `fail` and `fail-retryable` end in FAILED. */
export type AthenaFault = 'fail' | 'fail-retryable' | `slow ${number}`;

export interface FakeAthena extends HttpFake<AthenaFault> {
  /** Every execution the engine began, in order. */
  readonly executions: readonly Execution[];
  /** As when their time is up: the same token then starts another execution. */
  forgetTokens(): void;
}

export interface FakeAthenaOptions {
  readonly connection: DuckDBConnection;
  readonly s3: FakeS3;
  /** The place a workgroup enforces; without it the caller's own is used. */
  readonly outputLocation?: string;
  readonly now?: () => Date;
}

type Input = Record<string, unknown>;

/** Athena as far as queries need it: its token rules, its states and its results, over DuckDB. */
export const fakeAthena = async (options: FakeAthenaOptions): Promise<FakeAthena> => {
  const executions: Execution[] = [];
  const tokens = new Map<string, { id: string; input: string }>();
  const now = () => (options.now?.() ?? new Date()).getTime() / 1000;
  const known = (input: Input) => executions.find(({ id }) => id === input.QueryExecutionId);

  const begin = (input: Input, fault?: AthenaFault): Execution => {
    const { OutputLocation } = (input.ResultConfiguration ?? {}) as { OutputLocation?: string };
    const execution: Execution = {
      id: randomUUID(),
      sql: `${input.QueryString}`,
      token: `${input.ClientRequestToken}`,
      outputLocation: options.outputLocation ?? OutputLocation ?? 's3://no-output-location/',
      begunAt: now(),
      looksBeforeEnd: fault?.startsWith('slow') ? Number(fault.slice(5)) : 2,
      looks: 0,
      state: 'QUEUED',
      work: Promise.resolve().then(() => work(execution, options, fault)),
    };
    executions.push(execution);
    return execution;
  };

  const start = (input: Input, fault?: AthenaFault): FakeReply => {
    const token = `${input.ClientRequestToken}`;
    if (token.length < 32 || token.length > 128) return invalid('The token is 32 to 128 long.');
    const earlier = tokens.get(token);
    const same = JSON.stringify(input);
    if (earlier && earlier.input !== same) return invalid('Idempotent parameters do not match');
    const id = earlier?.id ?? begin(input, fault).id;
    tokens.set(token, { id, input: same });
    return json({ QueryExecutionId: id });
  };

  const describe = async (input: Input): Promise<FakeReply> => {
    const execution = known(input);
    if (!execution) return invalid(`QueryExecution ${input.QueryExecutionId} was not found`);
    execution.looks += 1;
    const ended = execution.looks > execution.looksBeforeEnd;
    if (ended) await execution.work;
    return json({ QueryExecution: described(execution, ended) });
  };

  const results = async (input: Input): Promise<FakeReply> => {
    const execution = known(input);
    if (!execution?.answer) return invalid('Query has not yet finished.');
    return json(page(execution.answer, Number(input.NextToken ?? 0)));
  };

  const stop = (input: Input): FakeReply => {
    const execution = known(input);
    if (execution) execution.state = 'CANCELLED';
    return execution ? json({}) : invalid('no such execution');
  };

  const fake = await httpFake<AthenaFault>({
    operationOf: ({ headers }) => `${headers['x-amz-target']}`.replace('AmazonAthena.', ''),
    refusal: (fault) => REFUSALS[fault],
    serve: (operation, { body }, fault) => {
      const input = JSON.parse(`${body}`) as Input;
      if (operation === 'StartQueryExecution') return start(input, fault);
      if (operation === 'GetQueryExecution') return describe(input);
      if (operation === 'GetQueryResults') return results(input);
      return operation === 'StopQueryExecution' ? stop(input) : invalid(operation);
    },
  });
  return { ...fake, executions, forgetTokens: () => tokens.clear() };
};

async function work(execution: Execution, options: FakeAthenaOptions, fault?: AthenaFault) {
  const { connection, s3 } = options;
  const { sql, id, outputLocation } = execution;
  const output = {
    manifest: `${outputLocation}${id}-manifest.csv`,
    breaks: fault === 'fail-retryable',
  };
  try {
    if (fault === 'fail') throw new Error('GENERIC_USER_ERROR: told to fail');
    execution.answer = /^\s*UNLOAD\b/i.test(sql)
      ? await unloaded(connection, s3, sql, output)
      : await selected(connection, sql);
    if (execution.state !== 'CANCELLED') execution.state = 'SUCCEEDED';
  } catch (error) {
    if (execution.state !== 'CANCELLED') execution.state = 'FAILED';
    execution.reason = error instanceof Error ? error.message : `${error}`;
    execution.retryable = fault === 'fail-retryable';
  }
}

const REFUSALS = {
  throttle: json({ __type: 'TooManyRequestsException', Message: 'Rate exceeded' }, 400),
  '500': json({ __type: 'InternalServerException', Message: 'We are sorry' }, 500),
  deny: json({ __type: 'AccessDeniedException', Message: 'not authorized' }, 400),
};
