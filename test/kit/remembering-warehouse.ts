import type { Answer, Batch, Warehouse } from '../../shared/ports/warehouse.ts';

/** Asks the engine each question once: for tests that run one job a hundred times. */
export const rememberingWarehouse = (warehouse: Warehouse): Warehouse => {
  const answers = new Map<string, Promise<Answer>>();
  const streams = new Map<string, Promise<Batch[]>>();
  return {
    read: (query) => recalled(answers, query.sql, () => warehouse.read(query)),
    async *stream(query) {
      yield* await recalled(streams, query.sql, () => collected(warehouse.stream(query)));
    },
    close: () => warehouse.close(),
  };
};

function recalled<Value>(memory: Map<string, Value>, key: string, ask: () => Value): Value {
  const known = memory.get(key) ?? ask();
  memory.set(key, known);
  return known;
}

async function collected(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
