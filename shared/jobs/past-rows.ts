import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Batch } from '../ports/warehouse.ts';
import { tableBatches } from '../publish/read-table.ts';
import type { Table } from '../publish/table.ts';
import type { PastDay } from './past-days.ts';

/**
 * Walks a published table of an earlier day beside the stream of today's accounts. Both are in the
 * order of account_id, so a batch of each is all that stands in memory.
 */
export interface PastRows {
  /** Goes on behind an account, which must lie ahead: rows up to it are shown to nobody. */
  beginAfter(accountId: string): void;
  /** Loads all there is up to and with an account; then `visit` can be asked without waiting. */
  reach(accountId: string): Promise<void>;
  /**
   * Shows every row of an account, in the order of the file. Accounts must be asked for in order;
   * rows of accounts passed over are shown to `skipped` if it is given.
   */
  visit(accountId: string, row: VisitRow, skipped?: VisitRow): void;
  /** What is left after the last account. */
  rest(skipped: VisitRow): Promise<void>;
  /** Lets go of what the rows come from, though there be more of them. */
  end(): Promise<void>;
}

export type VisitRow = (columns: Batch['columns'], index: number) => void;

/** Opens a table of an earlier day; of a day that is not there, a table without rows. */
export const pastRows = async <T extends Table>(
  store: ObjectStore,
  day: PastDay | null,
  table: T,
  columns: readonly (keyof T['columns'] & string)[],
): Promise<PastRows> => {
  const path = day?.manifest.files.find((file) => file.table === table.name)?.path;
  const asked = [
    'account_id',
    ...columns.filter((name) => name !== 'account_id'),
  ] as typeof columns;
  if (path === undefined) return pastRowsOver(null);
  let after: string | null = null;
  const passing = { column: 'account_id', upTo: () => after };
  const past = pastRowsOver(tableBatches(store, table, { path, columns: asked, passing }));
  return {
    ...past,
    beginAfter(accountId) {
      after = accountId;
      past.beginAfter(accountId);
    },
  };
};

/** Walks batches whose rows are in the order of account_id; an account may have many rows, or none. */
export const pastRowsOver = (
  batches: AsyncIterable<Batch> | null,
  key = 'account_id',
): PastRows => {
  const iterator = batches?.[Symbol.asyncIterator]();
  const loaded: Batch[] = [];
  let at = 0;
  let after: string | null = null;
  let ended = iterator === undefined;

  const idAt = ({ columns: values }: Batch, index: number) => values[key]?.[index] as string;
  const load = async (): Promise<void> => {
    const next = await iterator?.next();
    if (next === undefined || next.done === true) ended = true;
    else if (next.value.rowCount > 0) loaded.push(next.value);
    passBehind();
  };
  const passBehind = (): void => {
    const behind = after;
    if (behind !== null) passUntil((id) => compareUtf8(id, behind) > 0, undefined);
  };
  const passUntil = (isReached: (id: string) => boolean, passed: VisitRow | undefined): void => {
    for (let batch = loaded[0]; batch !== undefined; batch = loaded[0]) {
      for (; at < batch.rowCount; at += 1) {
        if (isReached(idAt(batch, at))) return;
        passed?.(batch.columns, at);
      }
      loaded.shift();
      at = 0;
    }
  };

  return {
    beginAfter(accountId) {
      after = accountId;
      passBehind();
    },
    async reach(accountId) {
      for (;;) {
        const last = loaded.at(-1);
        const isThere =
          last !== undefined && compareUtf8(idAt(last, last.rowCount - 1), accountId) > 0;
        if (ended || isThere) return;
        await load();
      }
    },
    visit(accountId, row, skipped) {
      passUntil((id) => id === accountId || compareUtf8(id, accountId) > 0, skipped);
      passUntil((id) => id !== accountId, row);
    },
    async rest(skipped) {
      while (!ended) {
        await load();
        passUntil(() => false, skipped);
      }
      passUntil(() => false, skipped);
    },
    async end() {
      ended = true;
      await iterator?.return?.();
    },
  };
};
