import { HoldfastError, type Problem, type ProblemKind } from '../shared/basics/problem.ts';
import type { Answer, Query, Warehouse } from '../shared/ports/warehouse.ts';
import { bytesRead } from './peak-memory.ts';

/** What the engine answered to a small question, to be told again where there is no engine. */
export interface RecordedAnswer {
  readonly sql: string;
  readonly answer?: Answer;
  readonly refusal?: { readonly kind: ProblemKind; readonly problems: readonly Problem[] };
  /** Bytes that were read for it, as an engine that charges for them would count. */
  readonly bytes: number;
}

/** Answers as the warehouse does, one question after the other, and writes down what was said. */
export const recordingWarehouse = (warehouse: Warehouse) => {
  const recorded: RecordedAnswer[] = [];
  let before: Promise<unknown> = Promise.resolve();

  const read = async (query: Query): Promise<Answer> => {
    const begun = bytesRead() ?? 0;
    const bytes = () => (bytesRead() ?? 0) - begun;
    try {
      const answer = await warehouse.read(query);
      recorded.push({ sql: query.sql, answer, bytes: bytes() });
      return answer;
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      const { kind, problems } = error;
      recorded.push({ sql: query.sql, refusal: { kind, problems }, bytes: bytes() });
      throw error;
    }
  };
  const inTurn = (query: Query): Promise<Answer> => {
    const mine = before.then(() => read(query));
    before = mine.catch(() => undefined);
    return mine;
  };
  return { warehouse: { ...warehouse, read: inTurn } satisfies Warehouse, recorded };
};

/** Tells recorded answers again; a question that was never asked is a fault of the benchmark. */
export const retold = (recorded: readonly RecordedAnswer[]): Warehouse['read'] => {
  const bySql = new Map(recorded.map((one) => [one.sql, one]));
  return async ({ name, sql }) => {
    const found = bySql.get(sql);
    if (found?.answer !== undefined) return found.answer;
    if (found?.refusal === undefined) throw new Error(`query ${name} was not recorded`);
    throw new HoldfastError(found.refusal.kind, found.refusal.problems);
  };
};
