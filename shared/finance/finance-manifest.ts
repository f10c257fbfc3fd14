import { z } from 'zod';
import { dayField } from '../basics/day.ts';
import { assert } from '../basics/problem.ts';
import { decimalText } from '../publish/csv-file.ts';
import type { Run } from '../publish/run-key.ts';

const decimalField = z.string().regex(/^-?\d+\.\d\d$/, 'expected an exact decimal such as 12.50');

const fileField = z.strictObject({
  /** In the folder itself: no path leads out of it. */
  name: z.string().regex(/^[\w-]+(\.[\w-]+)+$/, 'expected the name of a file'),
  sha256: z.string(),
  bytes: z.number().int(),
  /** Rows of a CSV without its header; null for a file that has none. */
  rows: z.number().int().nullable(),
  /** The sum of each column of money. */
  totals: z.record(z.string(), decimalField),
});

/** What a folder for finance holds, so that whoever fetched it can tell that it is whole. */
export const financeManifestSchema = z.strictObject({
  schema_version: z.literal(1),
  as_of: dayField,
  job: z.string(),
  run_key: z.string(),
  revision: z.number().int(),
  definitions: z.strictObject({ id: z.string(), hash: z.string() }),
  currency: z.string(),
  files: z.array(fileField),
  reconciliation: z.strictObject({
    arr_of_revenue_rollups: decimalField,
    live_arr_of_renewals: decimalField,
    difference: decimalField,
  }),
});

export type FinanceManifest = z.output<typeof financeManifestSchema>;

/** The folder of a day, under the results. */
export const financeFolder = (asOf: string): string => `finance/renewal_forecast/as_of=${asOf}`;

/** The two sums that have to be one: ARR as revenue has it, and as the renewals have it. */
export interface Reconciliation {
  readonly revenueArrCents: number;
  readonly renewalsArrCents: number;
}

/** Tells what was written; a forecast that does not reconcile is never told as if it did. */
export const financeManifest = (
  run: Run,
  currency: string,
  files: FinanceManifest['files'],
  { revenueArrCents, renewalsArrCents }: Reconciliation,
): FinanceManifest => {
  assert(revenueArrCents === renewalsArrCents, 'a forecast that is written for finance reconciles');
  return {
    schema_version: 1,
    as_of: run.asOf,
    job: run.job,
    run_key: run.key,
    revision: run.revision,
    definitions: { id: run.definitions.id, hash: run.definitions.hash },
    currency,
    files,
    reconciliation: {
      arr_of_revenue_rollups: decimalText(revenueArrCents),
      live_arr_of_renewals: decimalText(renewalsArrCents),
      difference: decimalText(revenueArrCents - renewalsArrCents),
    },
  };
};
