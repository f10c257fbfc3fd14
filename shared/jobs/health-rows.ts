import type { Day } from '../basics/day.ts';
import type { AccountRow } from '../features/account-row.ts';
import { isCustomer } from '../health/customer.ts';
import type { Distributions } from '../health/drift-guard.ts';
import type { MeasureHealth } from '../health/measure-health.ts';
import type { Movement, PastHealth } from '../health/movement.ts';
import type { ParentHealth } from '../health/parent-health.ts';
import type { Placement } from '../health/placement.ts';
import type { Health } from '../health/score.ts';
import type { SegmentHealth } from '../health/segment-health.ts';
import type { Trend } from '../health/trend.ts';
import type { TableRows } from '../publish/parquet-file.ts';
import type { RowOf } from '../publish/table.ts';
import type {
  accountHealth,
  dataQuality,
  healthMovements,
  healthReceipts,
  measureDistribution,
  measureHealth,
  parentHealth,
  portfolioTrend,
  segmentHealth,
} from '../publish/tables.ts';
import type { Finding, SourceState } from '../sources/finding.ts';

interface AccountContext {
  readonly placement: Placement;
  readonly currency: string;
  readonly trend: Trend | null;
  readonly change28d: number | null;
  readonly topDriverPlay: string | null;
}

/** How judgements are laid out in tables; nothing is decided here. */
export const accountHealthRow = (
  account: AccountRow,
  health: Health,
  { placement, currency, trend, change28d, topDriverPlay }: AccountContext,
): RowOf<typeof accountHealth> => ({
  account_id: account.accountId,
  name: account.name,
  parent_account_id: account.parentAccountId,
  segment: placement.segment.id,
  motion: placement.motion,
  lifecycle: placement.stage,
  strategic: account.strategic ?? false,
  region: account.region,
  owner_email: account.ownerEmail,
  arr_cents: account.arrCents,
  currency,
  score: health.score,
  band: health.band,
  scored_band: health.scoredBand,
  // A band without a contract is not a band of a customer, and stays as it is.
  override_owner_email: isCustomer(account) ? account.overrideOwnerEmail : null,
  override_reason: isCustomer(account) ? account.overrideReason : null,
  override_expires_on: isCustomer(account) ? account.overrideExpiresOn : null,
  trend: trend ?? 'insufficient data',
  change_28d: change28d,
  coverage: health.coverage,
  gate_effect: health.gateEffect,
  gate_reason: health.gateReason,
  gates_unknown: health.gatesUnknown,
  top_driver: health.topDriver?.measure ?? null,
  top_driver_lost: health.topDriver?.lost ?? null,
  top_driver_play: topDriverPlay,
  reason: health.reason,
});

/** Thirty lines for each account: value by value, because an object for each costs more. */
export const writeReceipt = (
  { columns: to }: TableRows<typeof healthReceipts>,
  accountId: string,
  lines: Health['lines'],
): void => {
  for (const line of lines) {
    to.account_id.push(accountId);
    to.measure.push(line.measure);
    to.dimension.push(line.dimension);
    to.status.push(line.status);
    to.raw_value.push(line.rawValue);
    to.points.push(line.points);
    to.weight.push(line.weight);
    to.contribution.push(line.contribution);
    to.evidence.push(line.evidence);
    to.reason.push(line.reason);
  }
};

export const movementRow = (
  accountId: string,
  since: { readonly name: 'last_run' | '28_days'; readonly asOf: Day },
  past: PastHealth,
  health: Health,
  movement: Movement | null,
): RowOf<typeof healthMovements> => ({
  account_id: accountId,
  since: since.name,
  from_day: since.asOf,
  from_score: past.score,
  to_score: health.score,
  from_band: past.band,
  to_band: health.band,
  change: movement?.change ?? null,
  input: movement?.input ?? null,
  weight: movement?.weight ?? null,
  configuration: movement?.configuration ?? null,
  coverage: movement?.coverage ?? null,
  reason:
    movement !== null
      ? null
      : past.score === null
        ? 'it had no score on that day'
        : (health.reason ?? 'it has no score'),
});

export const segmentHealthRow = (part: SegmentHealth): RowOf<typeof segmentHealth> => ({
  cut: part.cut,
  cut_value: part.cutValue,
  band: part.band,
  accounts: part.accounts,
  arr_cents: part.arrCents,
  account_share: part.accountShare,
  arr_share: part.arrShare,
  up_since_last_run: part.upSinceLastRun.accounts,
  up_since_last_run_arr_cents: part.upSinceLastRun.arrCents,
  down_since_last_run: part.downSinceLastRun.accounts,
  down_since_last_run_arr_cents: part.downSinceLastRun.arrCents,
  up_28d: part.upIn28Days.accounts,
  up_28d_arr_cents: part.upIn28Days.arrCents,
  down_28d: part.downIn28Days.accounts,
  down_28d_arr_cents: part.downIn28Days.arrCents,
});

export const measureHealthRow = (part: MeasureHealth): RowOf<typeof measureHealth> => ({
  cut: part.cut,
  cut_value: part.cutValue,
  dimension: part.dimension,
  measure: part.measure,
  known: part.known,
  unknown: part.unknown,
  mean_points: part.meanPoints,
  mean_lost: part.meanLost,
  top_driver_accounts: part.topDriverAccounts,
  top_driver_arr_cents: part.topDriverArrCents,
});

export const distributionRows = (
  distributions: Distributions,
): RowOf<typeof measureDistribution>[] =>
  [...distributions].flatMap(([measure, bins]) =>
    bins.map((accounts, bin) => ({ measure, bin, accounts })),
  );

export const parentHealthRow = (parent: ParentHealth): RowOf<typeof parentHealth> => ({
  parent_account_id: parent.parentAccountId,
  parent_name: parent.parentName,
  accounts: parent.accounts,
  scored_accounts: parent.scoredAccounts,
  arr_cents: parent.arrCents,
  score: parent.score,
  band: parent.band,
  worst_account_id: parent.worst?.accountId ?? null,
  worst_name: parent.worst?.name ?? null,
  worst_score: parent.worst?.score ?? null,
  worst_band: parent.worst?.band ?? null,
  worst_arr_cents: parent.worst?.arrCents ?? null,
});

/** Today's row of the portfolio, from the bands of the whole customer base. */
export const portfolioRow = (
  day: Day,
  whole: readonly SegmentHealth[],
  meanScore: number | null,
): RowOf<typeof portfolioTrend> => {
  const of = (band: SegmentHealth['band']) => {
    const part = whole.find((one) => one.band === band);
    return { accounts: part?.accounts ?? 0, arrCents: part?.arrCents ?? 0 };
  };
  const [green, yellow, red, unscored] = [of('green'), of('yellow'), of('red'), of('unscored')];
  return {
    day,
    accounts: green.accounts + yellow.accounts + red.accounts + unscored.accounts,
    arr_cents: green.arrCents + yellow.arrCents + red.arrCents + unscored.arrCents,
    mean_score: meanScore,
    green: green.accounts,
    green_arr_cents: green.arrCents,
    yellow: yellow.accounts,
    yellow_arr_cents: yellow.arrCents,
    red: red.accounts,
    red_arr_cents: red.arrCents,
    unscored: unscored.accounts,
    unscored_arr_cents: unscored.arrCents,
  };
};

export const dataQualityRows = (state: SourceState): RowOf<typeof dataQuality>[] => [
  {
    source: state.id,
    check: 'status',
    column: null,
    severity: state.status,
    rows: state.rows,
    share: null,
    last_day: state.lastDay,
    examples: null,
    found: state.reason || 'ready',
    expected: null,
    fix: null,
  },
  ...state.findings.map((finding) => findingRow(finding)),
];

const findingRow = (finding: Finding): RowOf<typeof dataQuality> => ({
  source: finding.source,
  check: finding.check,
  column: finding.column,
  severity: finding.severity,
  rows: finding.rows,
  share: finding.share,
  last_day: null,
  examples: finding.examples.length === 0 ? null : finding.examples.join('; '),
  found: finding.found,
  expected: finding.expected,
  fix: finding.fix,
});
