import type { EngineAnswer } from './fake-athena-engine.ts';
import type { FakeReply } from './http-fake.ts';

/** One run of a query; its fields change as the engine works on it. */
export interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly token: string;
  readonly outputLocation: string;
  readonly begunAt: number;
  readonly looksBeforeEnd: number;
  looks: number;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  retryable?: boolean;
  answer?: EngineAnswer;
  readonly work: Promise<void>;
}

/** An execution as GetQueryExecution tells it. */
export function described({ id, sql, looks, begunAt, ...execution }: Execution, ended: boolean) {
  const waiting = looks === 1 ? 'QUEUED' : 'RUNNING';
  const State = ended || execution.state === 'CANCELLED' ? execution.state : waiting;
  const AthenaError = State === 'FAILED' && {
    ErrorCategory: execution.retryable ? 1 : 2,
    Retryable: execution.retryable,
    ErrorMessage: execution.reason,
  };
  return {
    QueryExecutionId: id,
    Query: sql,
    Status: {
      State,
      StateChangeReason: ended ? execution.reason : undefined,
      SubmissionDateTime: begunAt,
      CompletionDateTime: ended ? begunAt : undefined,
      AthenaError: AthenaError || undefined,
    },
    Statistics: { DataManifestLocation: ended ? execution.answer?.manifest : undefined },
  };
}

/** A thousand rows of an answer, the first of all being the header. */
export function page({ columns, rows }: EngineAnswer, from: number) {
  const header = columns.map(({ Name }) => Name);
  const all = [header, ...rows];
  const Rows = all.slice(from, from + 1000).map((row) => ({
    Data: row.map((text) => (text === null ? {} : { VarCharValue: text })),
  }));
  const NextToken = from + 1000 < all.length ? `${from + 1000}` : undefined;
  return { ResultSet: { Rows, ResultSetMetadata: { ColumnInfo: columns } }, NextToken };
}

/** A reply in the protocol of Athena. */
export function json(reply: object, status = 200): FakeReply {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { status, headers, body: JSON.stringify(reply) };
}

/** What Athena says to nearly everything it does not like. */
export function invalid(Message: string): FakeReply {
  return json({ __type: 'InvalidRequestException', Message }, 400);
}
