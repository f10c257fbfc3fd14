/**
 * The company's warehouse: Athena in production, DuckDB on a laptop. Both get the same SQL text,
 * a single SELECT in the subset that docs/architecture.md names.
 */
export interface Warehouse {
  /**
   * Runs a query with a small answer (at most 1,000 rows) and returns it whole.
   * Throws HoldfastError with the engine's own words: kind 'query' when the engine refuses it,
   * kind 'warehouse' when the engine stays out of reach.
   */
  read(query: Query): Promise<Answer>;

  /**
   * Runs a query with one row per account and yields it in batches, ordered by the UTF-8 bytes of
   * `orderBy`, in memory bounded by the batch and not by the answer. The same run asking the same
   * SQL again within a day may be given the answer it was given before; a run over corrected data
   * is another revision and so another run key.
   */
  stream(query: StreamQuery): AsyncIterable<Batch>;

  /**
   * The same, for whoever hands the batches on to other processors; left out where the answer does
   * not stand in one place.
   */
  streamPacked?(query: StreamQuery): AsyncIterable<PackedBatch>;

  /** Stops what is still running in the engine and lets go of connections. */
  close(): Promise<void>;
}

export interface Query {
  /** Names the query in logs and in the engine's history: [a-z0-9_-]+. */
  readonly name: string;
  readonly sql: string;
}

export interface StreamQuery extends Query {
  /** The run that asks; the same run asking the same SQL may be given the same execution. */
  readonly runKey: string;
  /** A unique, non-null VARCHAR column of the answer. */
  readonly orderBy: string;
  /** How many rows to expect, for choosing the number of sort buckets; need not be exact. */
  readonly rowsExpected: number;
}

/** BIGINT and INTEGER arrive as safe integers, DATE as YYYY-MM-DD, everything else as itself. */
export type Cell = string | number | boolean | null;

export interface Answer {
  /** Types are the engine's own, in lower case. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/**
 * Rows laid out by column: `columns[name][i]` is the value of row i, null where there is none. A
 * column of nothing but numbers may be a Float64Array.
 */
export interface Batch {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, ArrayLike<Cell>>>;
}

/** A batch that is not decoded: little to copy. `shared/parquet/packed-batch.ts` makes a batch of it. */
export interface PackedBatch {
  readonly rowCount: number;
  /** What its last row is ordered by. */
  readonly last: string;
  /** Plain data. */
  readonly packed: unknown;
}
