import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { HygieneFinding } from '../renewals/hygiene.ts';
import { type Milestone, milestoneDaysOf } from '../renewals/milestones.ts';
import type { RenewalReadiness } from '../renewals/readiness/readiness.ts';
import { escalationOf } from '../reports/digest-escalation.ts';
import type { DigestForecast, DigestNear, DigestRenewal } from '../reports/digest-renewal.ts';
import { isInDoubt } from '../reports/digest-totals.ts';
import type { CalendarEntry } from '../reports/renewal-calendar.ts';
import { accountName } from './account-name.ts';
import { addressIn } from './address-in.ts';
import type { ForecastRow } from './renewal-desk.ts';
import type { RenewalRow } from './renewal-stream.ts';

/** A renewal as the desk leaves it: what was written of it, and who manages its account. */
export interface SeenRenewal {
  readonly row: RenewalRow;
  readonly managerEmail: string | null;
  /** Its countdown; empty where it has none. */
  readonly steps: readonly Milestone[];
  readonly readiness: RenewalReadiness | null;
  /** Null beyond the horizon. */
  readonly forecast: ForecastRow | null;
  readonly findings: readonly HygieneFinding[];
}

/** Whether it stands among those that are worked on, needs nothing now, or is for a later mail. */
export const standingOf = (seen: SeenRenewal, asOf: Day): 'near' | 'quiet' | 'later' => {
  const { missing, category, band, decisionOn } = nearOf(seen);
  // Past its day and still open, it renews by itself; past its end it is late, and needs somebody.
  if (seen.row.state === 'open' && decisionOn < asOf) return 'quiet';
  const hasBegun = seen.steps.some(({ state }) => state === 'done' || state === 'passed');
  if (!hasBegun) return isInDoubt(category ?? undefined) ? 'later' : 'quiet';
  const isReady = missing === 0 && (seen.readiness?.score ?? null) !== null;
  return isReady && category === 'commit' && band !== 'red' ? 'quiet' : 'near';
};

/** Its day to decide, for a calendar. */
export const dateOf = ({ row, forecast }: SeenRenewal): CalendarEntry => ({
  ...{ renewalId: row.renewal_id, accountId: row.account_id, accountName: row.name },
  product: row.product,
  ...{ decisionOn: row.decision_on as Day, termEnd: row.due_on as Day },
  ...{ dueArrCents: row.due_arr_cents, currency: row.currency },
  ...{ category: forecast?.category ?? 'none', ownerEmail: row.owner_email },
});

/** Another renewal of theirs, as one line of a table shows it. */
export function nearOf({ row, forecast, readiness }: SeenRenewal): DigestNear {
  const count = (status: string) =>
    readiness?.items.filter((item) => item.status === status).length ?? 0;
  return {
    renewalId: row.renewal_id,
    name: accountName(row),
    product: row.product,
    dueArrCents: row.due_arr_cents,
    decisionOn: row.decision_on as Day,
    band: forecast?.band ?? 'unscored',
    category: forecast?.category ?? null,
    missing: count('missing'),
    unknown: count('unknown'),
  };
}

/** One that reached a milestone, with all that is known of it. */
export function reachedOf(
  seen: SeenRenewal,
  { days: milestoneDays, on }: Milestone,
  { milestones }: Config['renewals'],
): DigestRenewal {
  const { row, readiness } = seen;
  const items = readiness?.items ?? [];
  const category = seen.forecast?.category ?? null;
  const steps = milestoneDaysOf(milestones, row.segment);
  return {
    renewalId: row.renewal_id,
    contractId: row.contract_id,
    name: accountName(row),
    product: row.product,
    dueArrCents: row.due_arr_cents,
    decisionOn: row.decision_on as Day,
    termEnd: row.term_end as Day,
    isAutoRenew: row.is_auto_renew === true,
    ...{ milestoneDays, milestoneOn: dayFromEpoch(on) },
    forecast: seen.forecast === null ? null : forecastOf(seen.forecast),
    ...{ items, score: readiness?.score ?? null, nextAction: readiness?.nextAction ?? null },
    escalation: escalationOf({ milestoneDays, category, items }, steps),
    insteadOfOwner:
      addressIn(row.owner_email) === null
        ? 'no owner stands on the account, and you manage it'
        : null,
  };
}

const forecastOf = (row: ForecastRow): DigestForecast => ({
  category: row.category,
  probability: row.probability,
  expectedCents: row.expected_cents,
  because: row.because,
  band: row.band,
  disagreement: row.disagreement,
});
