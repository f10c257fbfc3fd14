import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { roundTo } from '../basics/ratio.ts';
import type {
  forecastAccuracy,
  forecastWalk,
  renewalFindings,
  renewalForecast,
  renewalMilestones,
  renewalRates,
  renewalReadiness,
  renewalRollups,
} from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { Accuracy } from '../renewals/accuracy.ts';
import { dueDay, type Standing } from '../renewals/clock.ts';
import type { Forecast } from '../renewals/forecast.ts';
import { type ForecastSum, quarterOf, spreadOf } from '../renewals/forecast-rollup.ts';
import type { WalkRow } from '../renewals/forecast-walk.ts';
import type { HygieneFinding } from '../renewals/hygiene.ts';
import type { Identity } from '../renewals/identity.ts';
import type { Milestone } from '../renewals/milestones.ts';
import type { Opportunity } from '../renewals/opportunity.ts';
import type { Readiness } from '../renewals/readiness/item.ts';
import type { ReadyItem, RenewalReadiness } from '../renewals/readiness/readiness.ts';
import { isMultiYear, type LineValue, type RenewalLine } from '../renewals/renewal-line.ts';
import type { RateRow } from '../renewals/renewal-rates.ts';
import type { Succession } from '../renewals/succession.ts';
import type { RevenueCustomer } from '../revenue/customer.ts';
import type { RenewalRow } from './renewal-stream.ts';

interface Named {
  readonly customer: Pick<RevenueCustomer, 'customerId'>;
  readonly line: RenewalLine;
  readonly value: LineValue;
  readonly succession: Succession | undefined;
  readonly standing: Standing;
  readonly segment: string;
  readonly identity: Identity;
  readonly today: number;
  readonly currency: string;
  readonly definitionsId: string;
}

const dayOrNull = (day: number | null): Day | null => (day === null ? null : dayFromEpoch(day));

/** How renewals are laid out in tables; nothing is decided here. */
export const renewalRow = (named: Named): RenewalRow => {
  const { customer, line, value, succession, standing, segment, identity, today } = named;
  return {
    renewal_id: identity.renewalId,
    contract_id: line.contractId,
    account_id: line.accountId,
    customer_id: customer.customerId,
    name: line.accountName,
    product: line.product,
    segment,
    region: line.region,
    owner_email: line.ownerEmail,
    term_start: dayFromEpoch(line.start),
    term_end: dayFromEpoch(line.end),
    due_on: dayFromEpoch(dueDay(line, standing)),
    decision_on: dayFromEpoch(standing.decision),
    days_to_decision: standing.decision - today,
    state: standing.state,
    how: standing.how,
    says: standing.says,
    live_arr_cents: value.live,
    due_arr_cents: value.due,
    renewed_arr_cents: succession?.cents ?? null,
    currency: named.currency,
    is_auto_renew: line.autoRenew,
    notice_days: line.noticeDays,
    is_multi_year: isMultiYear(line),
    renewed_by: succession?.line.contractId ?? null,
    link: succession?.link ?? null,
    co_termed_lines: succession?.coTermed ?? 0,
    decided_on: dayOrNull(standing.decidedOn),
    first_term_end: dayFromEpoch(identity.firstEnd),
    moved_on: dayOrNull(identity.movedOn),
    moved_from: dayOrNull(identity.movedFrom),
    definitions_id: named.definitionsId,
  };
};

/** Rows are written out, the columns of the renewal too: to spread them takes far longer. */
const countOf = (readiness: RenewalReadiness | null, status: Readiness['status']): number =>
  readiness?.items.filter((item) => item.status === status).length ?? 0;

export const milestoneRow = (
  row: RenewalRow,
  milestone: Milestone,
  { clock, readiness }: { clock: number; readiness: RenewalReadiness | null },
): RowOf<typeof renewalMilestones> => ({
  renewal_id: row.renewal_id,
  contract_id: row.contract_id,
  account_id: row.account_id,
  customer_id: row.customer_id,
  name: row.name,
  product: row.product,
  segment: row.segment,
  region: row.region,
  owner_email: row.owner_email,
  milestone_days: milestone.days,
  milestone_on: dayFromEpoch(milestone.on),
  clock_on: dayFromEpoch(clock),
  state: milestone.state,
  reached_on: dayOrNull(milestone.reachedOn),
  says: milestone.says,
  due_arr_cents: row.due_arr_cents,
  currency: row.currency,
  readiness_score: readiness?.score ?? null,
  readiness_coverage: readiness === null ? null : roundTo(readiness.coverage, 4),
  missing_items: countOf(readiness, 'missing'),
  unknown_items: countOf(readiness, 'unknown'),
  next_action: readiness?.nextAction?.action ?? null,
  next_action_owner_email: readiness?.nextAction?.ownerEmail ?? null,
  next_action_due_on: readiness?.nextAction?.dueOn ?? null,
  definitions_id: row.definitions_id,
});

export const readinessRow = (row: RenewalRow, item: ReadyItem): RowOf<typeof renewalReadiness> => ({
  renewal_id: row.renewal_id,
  account_id: row.account_id,
  item: item.id,
  title: item.title,
  status: item.status,
  evidence: item.evidence,
  weight: item.weight,
  due_at_milestone: item.dueMilestone,
  due_on: item.dueOn,
  is_overdue: item.isOverdue,
  owner_role: item.owner,
  owner_email: item.ownerEmail,
  owner_reason: item.ownerReason,
});

interface About {
  readonly band: string;
  readonly healthOn: string | null;
  readonly stageSince: number | null;
  readonly opportunity: Opportunity | null;
}

export const forecastRow = (
  row: RenewalRow,
  forecast: Forecast,
  { band, healthOn, stageSince, opportunity }: About,
): RowOf<typeof renewalForecast> => ({
  renewal_id: row.renewal_id,
  contract_id: row.contract_id,
  account_id: row.account_id,
  customer_id: row.customer_id,
  name: row.name,
  product: row.product,
  segment: row.segment,
  region: row.region,
  owner_email: row.owner_email,
  due_on: row.due_on,
  decision_on: row.decision_on,
  quarter: quarterOf(row.due_on as Day),
  state: row.state,
  due_arr_cents: row.due_arr_cents,
  category: forecast.category,
  probability: forecast.probability,
  expected_cents: forecast.expected,
  upsell_cents: forecast.upsell,
  currency: row.currency,
  basis: forecast.basis,
  basis_n: forecast.n,
  because: forecast.because,
  band,
  health_on: healthOn,
  horizon: forecast.horizon,
  stage: forecast.stage,
  stage_since: dayOrNull(stageSince),
  opportunity_id: opportunity?.opportunityId ?? null,
  csm_probability: forecast.csmProbability,
  csm_category: forecast.csmCategory,
  disagreement: forecast.disagreement,
  definitions_id: row.definitions_id,
});

export const findingRow = (
  row: RenewalRow,
  { finding, says }: HygieneFinding,
  opportunity: Opportunity | null,
): RowOf<typeof renewalFindings> => ({
  renewal_id: row.renewal_id,
  contract_id: row.contract_id,
  account_id: row.account_id,
  customer_id: row.customer_id,
  name: row.name,
  product: row.product,
  segment: row.segment,
  region: row.region,
  owner_email: row.owner_email,
  opportunity_id: opportunity?.opportunityId ?? null,
  finding,
  says,
  due_arr_cents: row.due_arr_cents,
  due_on: row.due_on,
  currency: row.currency,
});

/** What is printed beside every figure. */
export interface Printed {
  readonly currency: string;
  readonly definitionsId: string;
}

export const rollupRow = (
  sum: ForecastSum,
  { currency, definitionsId }: Printed,
): RowOf<typeof renewalRollups> => ({
  cut: sum.cut,
  cut_value: sum.cutValue,
  period_kind: sum.periodKind,
  period: sum.period,
  renewals: sum.renewals,
  due_arr_cents: sum.due,
  won_arr_cents: sum.won,
  lost_arr_cents: sum.lost,
  open_arr_cents: sum.open,
  commit_cents: sum.commit,
  best_case_cents: sum.bestCase,
  expected_cents: sum.expected,
  spread_cents: spreadOf(sum),
  at_risk_cents: sum.atRisk,
  upsell_cents: sum.upsell,
  target_cents: sum.target,
  gap_cents: sum.target - sum.expected,
  currency,
  definitions_id: definitionsId,
});

export const walkRow = (
  row: WalkRow,
  since: string,
  { currency, definitionsId }: Printed,
): RowOf<typeof forecastWalk> => ({
  quarter: row.quarter,
  since,
  opening_cents: row.opening,
  new_cents: row.added,
  won_cents: row.won,
  lost_cents: row.lost,
  moved_in_cents: row.movedIn,
  moved_out_cents: row.movedOut,
  up_cents: row.up,
  down_cents: row.down,
  gone_cents: row.gone,
  closing_cents: row.closing,
  currency,
  definitions_id: definitionsId,
});

export const accuracyRow = (
  found: Accuracy,
  window: { from: string; to: string },
  { currency, definitionsId }: Printed,
): RowOf<typeof forecastAccuracy> => ({
  cut: found.cut,
  cut_value: found.cutValue,
  horizon_days: found.horizonDays,
  window_start: window.from,
  window_end: window.to,
  renewals: found.renewals,
  due_arr_cents: found.due as Cents,
  forecast_cents: found.forecast,
  actual_cents: found.actual,
  wape: found.wape,
  wape_single: found.wapeSingle,
  bias: found.bias,
  reason: found.reason,
  currency,
  definitions_id: definitionsId,
});

export const rateRow = (rate: RateRow): RowOf<typeof renewalRates> => ({
  band: rate.band,
  segment: rate.segment,
  horizon: rate.horizon,
  renewals: rate.renewals,
  observed_rate: rate.observed,
  whole_renewals: rate.wholeRenewals,
  whole_rate: rate.whole,
  starting_rate: rate.starting,
  probability: rate.probability,
  basis: rate.basis,
  because: rate.because,
});
