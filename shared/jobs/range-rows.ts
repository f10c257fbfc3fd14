import { type RowGroups, rowGroupsOf, type TableRows } from '../publish/parquet-file.ts';
import { scoreTables } from './score-tables.ts';

/** The tables that have rows of single accounts: each range of accounts writes its own. */
const { accountHealth, healthReceipts, healthMovements, riskFlags, warRooms, healthEvents } =
  scoreTables;
export const rangeTables = {
  accountHealth,
  healthReceipts,
  healthMovements,
  riskFlags,
  warRooms,
  healthEvents,
};

type RangeTables = typeof rangeTables;

export type RangeRows = { readonly [Name in keyof RangeTables]: TableRows<RangeTables[Name]> };

/** Row groups by table: plain data that may come from another processor. */
export type RangeGroups = Readonly<Record<keyof RangeTables, RowGroups>>;

/** Rows of one range after the other, for files that another writes. */
export const rangeRows = () => {
  const kept = Object.entries(rangeTables).map(
    ([name, table]) => [name, rowGroupsOf(table)] as const,
  );
  return {
    rows: Object.fromEntries(kept) as unknown as RangeRows,
    /** Those that were added since it was asked last. */
    take: () => Object.fromEntries(kept.map(([name, rows]) => [name, rows.take()])) as RangeGroups,
  };
};
