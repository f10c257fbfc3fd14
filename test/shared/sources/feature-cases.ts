import { expect } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import type { SourceId } from '../../../shared/sources/index.ts';
import { featuresOf } from '../../kit/features-of.ts';

export const asOf = toDay('2026-11-22');
export const ago = (days: number): Day => addDays(asOf, -days);

/** Rows of one source and what they mean for their account; `@@` is its id and `#` a fresh one. */
export type FeatureCase = readonly [
  title: string,
  rows: readonly string[],
  expected: Partial<AccountRow>,
];

/** Each case an account of its own and all in one company: opening DuckDB costs more than asking. */
export const expectFeatures = async (
  source: SourceId,
  header: string,
  cases: readonly FeatureCase[],
): Promise<void> => {
  const rows = cases.flatMap(([, texts], at) =>
    texts.map((text, nth) => text.replaceAll('@@', `A-${at}`).replaceAll('#', `row-${at}-${nth}`)),
  );
  const tables = {
    accounts: ['account_id,name', ...cases.map((_, at) => `A-${at},Meridian Retail`)].join('\n'),
    contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-0,2024-01-01,2027-01-01,1200,USD`,
    [source]: [header, ...rows].join('\n'),
  };
  const found = await featuresOf({ asOf, tables });
  const named = (of: (at: number) => unknown) =>
    Object.fromEntries(cases.map(([title], at) => [title, of(at)]));
  const byId = new Map(found.map((row) => [row.accountId, row]));
  expect(found).toHaveLength(cases.length);
  expect(named((at) => byId.get(`A-${at}`))).toMatchObject(named((at) => cases[at]?.[2]));
};
