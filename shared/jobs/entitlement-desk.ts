import { plural } from '../basics/text.ts';
import type { EntitlementPolicy } from '../config/entitlements.ts';
import { entitlementQuery } from '../features/entitlement-query.ts';
import { entitlementStatus } from '../publish/entitlement-tables.ts';
import type { ParquetFile } from '../publish/parquet-file.ts';
import type { Run } from '../publish/run-key.ts';
import { judgeEntitlement } from '../renewals/entitlement.ts';
import type { SourceState } from '../sources/finding.ts';
import {
  aboutAt,
  entitlementOf,
  entitlementRow,
  PAST_COLUMNS,
  type PastMetric,
  pastMetricAt,
} from './entitlement-rows.ts';
import type { JobInput, JobPorts } from './job.ts';
import type { PastDay } from './past-days.ts';
import { pastRows } from './past-rows.ts';

interface Stream extends JobInput {
  readonly policy: EntitlementPolicy;
  readonly states: readonly SourceState[];
  readonly run: Run;
  /** The earlier day whose entitlement_status tells the recent pace; null where there is none. */
  readonly baseline: PastDay | null;
}

export interface EntitlementCounts {
  readonly metrics: number;
  /** Of them, those with the signal bill_shock. */
  readonly shocks: number;
  /** And those with the signal expansion. */
  readonly saturated: number;
}

/** Streams what is committed and used, and writes how each metric stands and where it will end. */
export const writeEntitlements = async (
  open: ParquetFile<typeof entitlementStatus>,
  { asOf, config, policy, states, run, baseline }: Stream,
  { warehouse, store, progress }: Pick<JobPorts, 'warehouse' | 'store' | 'progress'>,
): Promise<EntitlementCounts> => {
  const counts = { metrics: 0, shocks: 0, saturated: 0 };
  const sql = entitlementQuery(states, { asOf, reporting: config.currency.reporting });
  if (sql === null) return counts;

  const step = progress.step('Reading entitlements');
  const rowsExpected = states.find(({ id }) => id === 'entitlements')?.rows ?? 0;
  const standing = await pastRows(store, baseline, entitlementStatus, [...PAST_COLUMNS]);
  const query = { name: 'entitlements', sql, orderBy: 'entitlement_id', rowsExpected };
  let account: string | null = null;
  let past = new Map<string, PastMetric>();
  for await (const batch of warehouse.stream({ ...query, runKey: run.key })) {
    await standing.reach(String(batch.columns.account_id?.[batch.rowCount - 1]));
    for (let index = 0; index < batch.rowCount; index += 1) {
      const about = aboutAt(batch, index);
      if (about.account_id !== account) {
        account = about.account_id;
        past = new Map();
        standing.visit(account, (columns, at) => past.set(...pastMetricAt(columns, at)));
      }
      const before = past.get(about.metric) ?? null;
      const judged = judgeEntitlement(
        entitlementOf(about, { asOf, before, pastDay: baseline?.asOf ?? null }),
        policy,
      );
      open.add(entitlementRow(about, judged));
      counts.metrics += 1;
      if (judged.signal === 'bill_shock') counts.shocks += 1;
      if (judged.signal === 'expansion') counts.saturated += 1;
    }
    await open.flush();
    step.update(counts.metrics, rowsExpected);
  }
  step.done(plural(counts.metrics, 'entitlement'));
  return counts;
};
