import { unpacked } from '../parquet/packed-batch.ts';
import type { Batch, Cell, PackedBatch } from '../ports/warehouse.ts';

/**
 * Accounts that are scored together. Its length decides where row groups end, and so the bytes of
 * the tables: it is the same wherever and by however many the ranges are scored.
 */
export const ACCOUNTS_IN_RANGE = 16_384;

type AnyBatch = Batch | PackedBatch;

/** Accounts that come one after another, in the order of account_id. */
export interface AccountRange {
  readonly batches: readonly AnyBatch[];
  /** The last account of the range before; null of the first. */
  readonly after: string | null;
  /** Its own last account; null of the last range, which has all that comes after too. */
  readonly last: string | null;
}

/** Cuts what the warehouse streams into ranges; of no accounts at all it makes one that is empty. */
export async function* accountRanges(
  batches: AsyncIterable<AnyBatch>,
  length = ACCOUNTS_IN_RANGE,
): AsyncGenerator<AccountRange> {
  let after: string | null = null;
  let range: AnyBatch[] = [];
  let gathered = 0;
  for await (const batch of batches) {
    for (let from = 0; from < batch.rowCount; ) {
      if (gathered === length) {
        // Only now, when another follows, is it known not to be the last.
        const last = lastAccountOf(range);
        yield { batches: range, after, last };
        [after, range, gathered] = [last, [], 0];
      }
      const to = Math.min(batch.rowCount, from + length - gathered);
      range.push(rowsOf(batch, from, to));
      gathered += to - from;
      from = to;
    }
  }
  yield { batches: range, after, last: null };
}

/** The last account of batches in order; null when there is none. */
export const lastAccountOf = (batches: readonly AnyBatch[]): string | null => {
  const batch = batches.at(-1);
  if (batch === undefined) return null;
  return 'packed' in batch ? batch.last : String(batch.columns.account_id?.[batch.rowCount - 1]);
};

/** The batch to read from, whether it came packed or not. */
export const readable = (batch: AnyBatch): Batch => ('packed' in batch ? unpacked(batch) : batch);

function rowsOf(batch: AnyBatch, from: number, to: number): AnyBatch {
  if (from === 0 && to === batch.rowCount) return batch;
  const { columns } = readable(batch);
  const cut = Object.entries(columns).map(([name, values]) => [name, cutOut(values, from, to)]);
  return { rowCount: to - from, columns: Object.fromEntries(cut) };
}

const cutOut = (values: ArrayLike<Cell>, from: number, to: number): ArrayLike<Cell> =>
  values instanceof Float64Array
    ? values.slice(from, to)
    : Array.prototype.slice.call(values, from, to);
