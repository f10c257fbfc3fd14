import { addDays, type Day, dayToEpoch, toDay } from '../../shared/basics/day.ts';
import { configSchema } from '../../shared/config/schema.ts';
import type { AccountRow } from '../../shared/features/account-row.ts';
import type { SeenRenewal } from '../../shared/jobs/digest-renewals.ts';
import type { FindingId } from '../../shared/renewals/hygiene.ts';
import type { Milestone, MilestoneState } from '../../shared/renewals/milestones.ts';
import { readinessFor } from '../../shared/renewals/readiness/readiness.ts';
import { healthyAccount } from './healthy-account.ts';
import { forecastRow } from './renewal-rows.ts';

/** What a test says of a renewal; the rest is that of a healthy account that reached 60 days. */
export interface RenewalChange {
  readonly id?: string;
  readonly name?: string | null;
  readonly arr?: number;
  readonly decisionOn?: string;
  readonly termEnd?: string;
  readonly owner?: string | null;
  readonly manager?: string | null;
  readonly state?: string;
  readonly autoRenew?: boolean;
  /** The milestone it stands at, in days; null where it has none. */
  readonly milestone?: number | null;
  readonly milestoneState?: MilestoneState;
  readonly account?: Partial<AccountRow>;
  /** Sources that are not there. */
  readonly without?: readonly string[];
  readonly forecast?: Partial<typeof forecastRow> | null;
  readonly findings?: readonly string[];
}

export const seenDay = toDay('2026-11-22');

export const digestConfig = configSchema.parse({
  company: 'Harbourline Software',
  warehouse: { kind: 'duckdb', path: '.' },
  sources: { accounts: { table: 'accounts' }, contracts: { table: 'contracts' } },
});

/** A renewal as the desk leaves it, with the readiness that its account has. */
export const seenRenewal = (change: RenewalChange = {}): SeenRenewal => {
  const { id = 'C-1', name = 'Meridian Retail', arr = 120_000, milestone = 60 } = change;
  const decisionOn = toDay(change.decisionOn ?? addDays(seenDay, milestone ?? 200));
  const termEnd = toDay(change.termEnd ?? decisionOn);
  const owner = change.owner === undefined ? 'lena.fischer@harbourline.example' : change.owner;
  const row = {
    ...{ renewal_id: `${id}@${termEnd}`, contract_id: id, account_id: `A-${id}`, name },
    ...{ customer_id: `A-${id}`, product: 'Platform', segment: 'enterprise', region: 'EMEA' },
    ...{ owner_email: owner, term_start: addDays(termEnd, -365), term_end: termEnd },
    ...{
      due_on: termEnd,
      decision_on: decisionOn,
      days_to_decision: 0,
      state: change.state ?? 'open',
    },
    ...{ how: 'ahead', says: '', live_arr_cents: arr * 100, due_arr_cents: arr * 100 },
    ...{ renewed_arr_cents: null, currency: 'USD', is_auto_renew: change.autoRenew ?? false },
    ...{ notice_days: null, is_multi_year: false, renewed_by: null, link: null },
    ...{ co_termed_lines: 0, decided_on: null, first_term_end: termEnd, moved_on: null },
    ...{ moved_from: null, definitions_id: 'renewals-1' },
  };
  return {
    row,
    managerEmail: change.manager === undefined ? 'm.okafor@harbourline.example' : change.manager,
    steps: stepsOf(change, decisionOn),
    readiness: readinessOf(change, { decisionOn, termEnd }),
    forecast: change.forecast === null ? null : forecastOf(row, change),
    findings: (change.findings ?? []).map((says) => ({
      finding: 'no_opportunity' as FindingId,
      says,
    })),
  };
};

function forecastOf(row: SeenRenewal['row'], { forecast, arr = 120_000 }: RenewalChange) {
  const { probability = 0.925 } = forecast ?? {};
  const { renewal_id, contract_id, account_id, name, owner_email, due_arr_cents } = row;
  return {
    ...forecastRow,
    ...{ renewal_id, contract_id, account_id, name, owner_email, due_arr_cents },
    because: '93 % stayed of 41 renewals of the past at this point, 17 of them in the segment',
    expected_cents: Math.round(arr * 100 * probability),
    ...forecast,
  };
}

const STEPS = [120, 90, 60, 30];

function stepsOf(change: RenewalChange, decisionOn: Day): Milestone[] {
  const { milestone = 60, milestoneState = 'reached' } = change;
  if (milestone === null) return [];
  const clock = dayToEpoch(decisionOn);
  const late = dayToEpoch(seenDay) - (clock - milestone);
  return STEPS.map((days) => {
    const state = days > milestone ? 'done' : days === milestone ? milestoneState : 'ahead';
    const says = late === 0 ? 'reached today' : `reached ${late} days ago`;
    return { days, on: clock - days, state, reachedOn: null, says };
  });
}

interface Term {
  readonly decisionOn: Day;
  readonly termEnd: Day;
}

function readinessOf({ account, without = [], owner, manager }: RenewalChange, term: Term) {
  const judge = readinessFor({
    policy: digestConfig.renewals.readiness,
    answerable: (needs) => {
      const gone = without.find((source) => needs.flat().some((need) => need.startsWith(source)));
      return gone === undefined ? null : `${gone} is not configured`;
    },
    ...{ currency: 'USD', supportEmail: 'support@harbourline.example' },
  });
  const people = {
    ownerEmail: owner === undefined ? 'lena.fischer@harbourline.example' : owner,
    managerEmail: manager === undefined ? 'm.okafor@harbourline.example' : manager,
  };
  return judge(
    { ...healthyAccount, ...people, ...account },
    {
      ...{ segment: { id: 'enterprise', expects_outcomes: true }, asOf: seenDay, ...term },
      daysToClock: dayToEpoch(term.decisionOn) - dayToEpoch(seenDay),
    },
  );
}
