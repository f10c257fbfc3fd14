import { type Day, daysBetween } from '../basics/day.ts';
import { roundTo } from '../basics/ratio.ts';
import { grouped, plainText, plural } from '../basics/text.ts';
import type { EntitlementPolicy } from '../config/entitlements.ts';
import {
  daysLeftOf,
  type Entitlement,
  exceedsOn,
  type Method,
  paceOf,
} from './entitlement-pace.ts';

/**
 * over: more is used than is committed. bill_shock_ahead: not yet, but within warn_days it is used
 * up, and the period will end at shock_at of the commitment or beyond. saturated: as good as used
 * up: a level today, a total at the end of the period, either within warn_days. idle: most of it
 * is not used, now or at the end. within: none of these. unknown: nothing is committed, or a total
 * cannot be projected.
 */
export type EntitlementStatus =
  | 'over'
  | 'bill_shock_ahead'
  | 'saturated'
  | 'within'
  | 'idle'
  | 'unknown';

/** What is made of one metric of an account. */
export interface JudgedEntitlement {
  /** Used ÷ committed; null where nothing is committed. */
  readonly useRatio: number | null;
  /** Use at the end of the period: used + pace × days left, never below zero. */
  readonly projectedUse: number | null;
  /** Projected use ÷ committed. */
  readonly projectedRatio: number | null;
  readonly method: Method | null;
  /** The day on which the commitment is used up at this pace; null where it is not, or is already. */
  readonly exceedsOn: Day | null;
  /** Days of the period that are left, as_of among them. */
  readonly daysLeft: number | null;
  readonly status: EntitlementStatus;
  /**
   * bill_shock: a bill beyond the commitment is to be talked about before it is sent: a total that
   * is over, or whatever will be. expansion: they need more than they have: saturated, or a level
   * that is over, which is a standing need and no accident.
   */
  readonly signal: 'bill_shock' | 'expansion' | null;
  readonly evidence: string;
}

/** Judges use against commitment, as of the day and at the end of the period. */
export const judgeEntitlement = (
  entitlement: Entitlement,
  policy: EntitlementPolicy,
): JudgedEntitlement => {
  const { committed, used, counts } = entitlement;
  const daysLeft = daysLeftOf(entitlement);
  if (committed <= 0) return { ...nothing, daysLeft, evidence: 'nothing is committed' };

  const pace = paceOf(entitlement, policy.fewest_days);
  const isProjected = pace !== null && daysLeft !== null;
  const projectedUse = isProjected ? Math.max(0, used + pace.perDay * daysLeft) : null;
  const ratios = {
    useRatio: used / committed,
    projectedRatio: projectedUse === null ? null : projectedUse / committed,
  };
  const usedUpOn = isProjected ? exceedsOn(entitlement, pace) : null;
  const status = statusOf({ ...entitlement, ...ratios, usedUpOn }, policy);
  const judged = {
    ...ratios,
    projectedUse,
    method: isProjected ? pace.method : null,
    exceedsOn: usedUpOn,
    daysLeft,
    status,
    signal: signalOf(status, counts),
  };
  return { ...judged, evidence: evidenceOf(entitlement, judged, policy) };
};

const nothing = {
  useRatio: null,
  projectedUse: null,
  projectedRatio: null,
  method: null,
  exceedsOn: null,
  status: 'unknown',
  signal: null,
} as const;

interface Ratios extends Pick<Entitlement, 'counts' | 'asOf'> {
  readonly useRatio: number;
  readonly projectedRatio: number | null;
  readonly usedUpOn: Day | null;
}

function statusOf(
  { counts, asOf, useRatio, projectedRatio, usedUpOn }: Ratios,
  { shock_at, warn_days, saturated_at, idle_at }: EntitlementPolicy,
): EntitlementStatus {
  if (useRatio > 1) return 'over';
  if (counts === 'period_total' && projectedRatio === null) return 'unknown';
  const willBe = projectedRatio ?? useRatio;
  const isNear = usedUpOn !== null && daysBetween(asOf, usedUpOn) <= warn_days;
  if (isNear && willBe >= shock_at) return 'bill_shock_ahead';
  // What adds up is little early in the period: where it will end is what counts.
  const isFull = (counts === 'level' ? useRatio : willBe) >= saturated_at;
  if (isFull || isNear) return 'saturated';
  return Math.max(useRatio, willBe) <= idle_at ? 'idle' : 'within';
}

function signalOf(
  status: EntitlementStatus,
  counts: Entitlement['counts'],
): JudgedEntitlement['signal'] {
  if (status === 'bill_shock_ahead') return 'bill_shock';
  if (status === 'over') return counts === 'period_total' ? 'bill_shock' : 'expansion';
  return status === 'saturated' ? 'expansion' : null;
}

function evidenceOf(
  { metric, committed, used, counts, periodStart, periodEnd, asOf }: Entitlement,
  {
    useRatio,
    projectedUse,
    projectedRatio,
    method,
    exceedsOn: day,
  }: Omit<JudgedEntitlement, 'evidence'>,
  { fewest_days }: EntitlementPolicy,
): string {
  const name = plainText(metric, 40);
  const now = `${figure(used)} of ${figure(committed)} ${name} used (${percent(useRatio ?? 0)})`;
  if (projectedUse === null || projectedRatio === null) {
    if (counts === 'level') return now;
    if (periodEnd === null || periodStart === null) {
      return `${now}; the period is not known, so where it will end cannot be told`;
    }
    const begun = Math.max(0, daysBetween(periodStart, asOf));
    return `${now} in ${plural(begun, 'day')}; a pace takes ${fewest_days}`;
  }
  if (method === 'level as it stands') return `${now}; the period ends on ${periodEnd}`;
  const usedUp = day === null ? '' : `, used up on ${day}`;
  return `${now}; at the ${method} ${figure(projectedUse)} on ${periodEnd} (${percent(projectedRatio)})${usedUp}`;
}

/** Whole, and in groups of three digits; what is less than ten with a digit more. */
const figure = (value: number): string =>
  value < 10 && !Number.isInteger(value) ? String(roundTo(value, 1)) : grouped(Math.round(value));

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
