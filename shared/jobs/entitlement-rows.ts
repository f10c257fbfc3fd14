import { type Day, dayFromEpoch } from '../basics/day.ts';
import { assert } from '../basics/problem.ts';
import type { Batch } from '../ports/warehouse.ts';
import type { entitlementStatus } from '../publish/entitlement-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { JudgedEntitlement } from '../renewals/entitlement.ts';
import type { Entitlement } from '../renewals/entitlement-pace.ts';

/** How the metric of an account stood on the earlier day. */
export interface PastMetric {
  readonly used: number;
  readonly counts: string;
  readonly periodEnd: Day | null;
}

/** What is read of that day. */
export const PAST_COLUMNS = ['metric', 'counts', 'used', 'period_end'] as const;

/** A row of that day, by its metric. */
export const pastMetricAt = (columns: Batch['columns'], index: number): [string, PastMetric] => {
  const at = (name: (typeof PAST_COLUMNS)[number]) => columns[name]?.[index];
  return [
    String(at('metric')),
    {
      used: Number(at('used')),
      counts: String(at('counts')),
      periodEnd: (at('period_end') ?? null) as Day | null,
    },
  ];
};

/** Whose metric it is, and what is said of it. */
export type About = Pick<
  RowOf<typeof entitlementStatus>,
  | 'account_id'
  | 'metric'
  | 'name'
  | 'segment_name'
  | 'region'
  | 'owner_email'
  | 'ultimate_parent_id'
  | 'committed'
  | 'used'
> & {
  readonly counts: Entitlement['counts'];
  readonly period_start: Day | null;
  readonly period_end: Day | null;
};

/** A row of the entitlement query. */
export const aboutAt = ({ columns }: Batch, index: number): About => {
  const at = (name: string) => columns[name]?.[index] ?? null;
  const text = (name: string) => at(name) as string | null;
  const number = (name: string) => at(name) as number;
  const day = (name: string) => {
    const days = at(name);
    return days === null || Number.isNaN(days) ? null : dayFromEpoch(Number(days));
  };
  const counts = text('counts');
  assert(counts === 'level' || counts === 'period_total', 'the source was checked for other words');
  return {
    account_id: String(at('account_id')),
    metric: String(at('metric')),
    name: text('name'),
    segment_name: text('segment_name'),
    region: text('region'),
    owner_email: text('owner_email'),
    ultimate_parent_id: text('ultimate_parent_id'),
    counts,
    committed: number('committed'),
    used: number('used'),
    period_start: day('period_start_day'),
    period_end: day('period_end_day'),
  };
};

interface Before {
  readonly asOf: Day;
  readonly before: PastMetric | null;
  readonly pastDay: Day | null;
}

/** A reading of another period says nothing of the pace of this one; a level goes on over both. */
export const entitlementOf = (about: About, { asOf, before, pastDay }: Before): Entitlement => {
  const { metric, counts, committed, used, period_start, period_end } = about;
  const isSame =
    before?.counts === counts && (counts === 'level' || before.periodEnd === period_end);
  return {
    ...{ metric, counts, committed, used, asOf },
    periodStart: period_start,
    periodEnd: period_end,
    past:
      before !== null && pastDay !== null && isSame ? { asOf: pastDay, used: before.used } : null,
  };
};

/** What was judged, as it is published. */
export const entitlementRow = (
  about: About,
  judged: JudgedEntitlement,
): RowOf<typeof entitlementStatus> => ({
  ...about,
  use_ratio: judged.useRatio,
  days_left: judged.daysLeft,
  projected_use: judged.projectedUse,
  projected_ratio: judged.projectedRatio,
  method: judged.method,
  exceeds_on: judged.exceedsOn,
  status: judged.status,
  signal: judged.signal,
  evidence: judged.evidence,
});
