import type { Answer, Batch, Cell, StreamQuery, Warehouse } from '../../shared/ports/warehouse.ts';

/** A query as it was sent, with what came back. */
export interface RecordedQuery {
  readonly name: string;
  readonly sql: string;
  /** Present where the answer was streamed. */
  readonly stream?: StreamQuery;
  /** Null where the engine refused the query. */
  readonly answer: (Pick<Answer, 'rows'> & { readonly columns: readonly string[] | null }) | null;
}

/** Passes everything on to a warehouse and writes down what was asked and answered. */
export const recordingWarehouse = (warehouse: Warehouse) => {
  const queries: RecordedQuery[] = [];

  const recording: Warehouse = {
    async read(query) {
      try {
        const answer = await warehouse.read(query);
        const columns = answer.columns.map(({ name }) => name);
        queries.push({ ...query, answer: { columns, rows: answer.rows } });
        return answer;
      } catch (error) {
        queries.push({ ...query, answer: null });
        throw error;
      }
    },

    async *stream(query) {
      const rows: Record<string, Cell>[] = [];
      for await (const batch of warehouse.stream(query)) {
        rows.push(...rowsOf(batch));
        yield batch;
      }
      const { name, sql } = query;
      queries.push({ name, sql, stream: query, answer: { columns: null, rows } });
    },

    close: () => warehouse.close(),
  };
  return { warehouse: recording, queries };
};

export const rowsOf = ({ rowCount, columns }: Batch): Record<string, Cell>[] =>
  Array.from({ length: rowCount }, (_, row) => {
    const cells = Object.entries(columns).map(([name, values]) => [name, values[row] ?? null]);
    return Object.fromEntries(cells) as Record<string, Cell>;
  });
