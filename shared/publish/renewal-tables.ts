import { defineTable } from './table.ts';

const definitionsId = {
  kind: 'text',
  meaning: 'definitions the figures were computed with',
} as const;

const currency = { kind: 'text', meaning: 'reporting currency' } as const;

/** Whose renewal it is, in every table that lists them one by one. */
const identityColumns = {
  renewal_id: {
    kind: 'text',
    meaning: 'contract_id and the term end it was first seen with; stays when the date moves',
  },
  contract_id: { kind: 'text', meaning: 'contract line that comes to its end' },
  account_id: { kind: 'text', meaning: 'account of the line' },
  customer_id: { kind: 'text', meaning: 'customer; its ultimate parent unless configured' },
  name: { kind: 'text', optional: true, meaning: 'account as the warehouse names it; escape it' },
  product: { kind: 'text', optional: true, meaning: 'product or plan' },
  segment: { kind: 'text', meaning: 'id of the segment of the customer, as in revenue_rollups' },
  region: { kind: 'text', optional: true, meaning: 'region of the account' },
  owner_email: { kind: 'text', optional: true, meaning: 'CSM who owns the account' },
} as const;

/** Every contract line that is live, or whose term has ended within the last 400 days. */
export const renewals = defineTable({
  name: 'renewals',
  grain: 'one row per renewal',
  columns: {
    ...identityColumns,
    term_start: { kind: 'day', meaning: 'first day of the term' },
    term_end: { kind: 'day', meaning: 'first day after the term' },
    due_on: {
      kind: 'day',
      meaning: 'when its revenue is up: the term end, or the day an exit before it takes effect',
    },
    decision_on: {
      kind: 'day',
      meaning: 'last day to give notice when it renews by itself, else the term end',
    },
    days_to_decision: { kind: 'count', meaning: 'days from as_of; negative when it has passed' },
    state: { kind: 'text', meaning: 'open, late, renewed, amended, cancelled, lapsed or missing' },
    how: {
      kind: 'text',
      optional: true,
      meaning: 'renewed: early, on_time, late, auto or in_place; open: auto_renewing or ahead',
    },
    says: { kind: 'text', meaning: 'the same in a sentence, with the days in it' },
    live_arr_cents: {
      kind: 'cents',
      meaning: 'ARR of the line on as_of; their sum is the ARR of revenue_rollups',
    },
    due_arr_cents: {
      kind: 'cents',
      meaning: 'ARR that is up for renewal: on as_of, or on the last day of an ended term',
    },
    renewed_arr_cents: {
      kind: 'cents',
      optional: true,
      meaning: 'ARR of what renewed it, its part where several lines were co-termed',
    },
    currency,
    is_auto_renew: { kind: 'flag', optional: true, meaning: 'renews by itself without notice' },
    notice_days: { kind: 'count', optional: true, meaning: 'days of notice' },
    is_multi_year: { kind: 'flag', meaning: 'a term of more than 18 months' },
    renewed_by: { kind: 'text', optional: true, meaning: 'contract line that renews or amends it' },
    link: {
      kind: 'text',
      optional: true,
      meaning:
        'renewed_by where the warehouse says so, elsewhere where it names a line of another customer, inferred where dates and product say so',
    },
    co_termed_lines: {
      kind: 'count',
      meaning: 'lines that the same contract line renews, this one among them; 0 when none does',
    },
    decided_on: {
      kind: 'day',
      optional: true,
      meaning: 'day the outcome became known, or began, or since which it is missing',
    },
    first_term_end: { kind: 'day', meaning: 'term end it was first seen with' },
    moved_on: { kind: 'day', optional: true, meaning: 'run that saw its term end move last' },
    moved_from: { kind: 'day', optional: true, meaning: 'term end before it moved last' },
    definitions_id: definitionsId,
  },
});

/** The countdown of every renewal that is near, and what is ready. */
export const renewalMilestones = defineTable({
  name: 'renewal_milestones',
  grain: 'one row per renewal and milestone',
  columns: {
    ...identityColumns,
    milestone_days: { kind: 'count', meaning: 'days before the day the clock runs to' },
    milestone_on: { kind: 'day', meaning: 'day it is due' },
    clock_on: { kind: 'day', meaning: 'day the clock runs to: the decision date, or the term end' },
    state: {
      kind: 'text',
      meaning: 'ahead, reached (by this run), done (by an earlier one), passed or withdrawn',
    },
    reached_on: { kind: 'day', optional: true, meaning: 'run by which it was reached' },
    says: { kind: 'text', meaning: 'why it stands so, in a sentence' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that is up for renewal' },
    currency,
    readiness_score: {
      kind: 'tenths',
      optional: true,
      meaning: '0 to 100 over the items that are known; empty when none is',
    },
    readiness_coverage: {
      kind: 'number',
      optional: true,
      meaning: 'weight of the items that are known, of all; empty once it is decided',
    },
    missing_items: { kind: 'count', meaning: 'items that are to be done and are not' },
    unknown_items: { kind: 'count', meaning: 'items of which nothing is known' },
    next_action: { kind: 'text', optional: true, meaning: 'what to do first' },
    next_action_owner_email: { kind: 'text', optional: true, meaning: 'by whom' },
    next_action_due_on: { kind: 'day', optional: true, meaning: 'by when' },
    definitions_id: definitionsId,
  },
});

/** What is ready for a renewal and what is not, item by item. */
export const renewalReadiness = defineTable({
  name: 'renewal_readiness',
  grain: 'one row per renewal and item of its readiness list',
  columns: {
    renewal_id: { kind: 'text', meaning: 'renewal, as in renewals' },
    account_id: { kind: 'text', meaning: 'account of the line' },
    item: { kind: 'text', meaning: 'item of the list' },
    title: { kind: 'text', meaning: 'the same in words' },
    status: { kind: 'text', meaning: 'done, missing or unknown' },
    evidence: { kind: 'text', meaning: 'what is known of it, with the figures' },
    weight: { kind: 'number', meaning: 'weight in the readiness score' },
    due_at_milestone: { kind: 'count', meaning: 'milestone by which it is to be done, in days' },
    due_on: { kind: 'day', meaning: 'day by which it is to be done' },
    is_overdue: { kind: 'flag', meaning: 'missing, and its day has passed' },
    owner_role: { kind: 'text', meaning: 'csm, ae, support or manager' },
    owner_email: { kind: 'text', optional: true, meaning: 'who does it' },
    owner_reason: { kind: 'text', optional: true, meaning: 'why another than that role does it' },
  },
});

/** What each renewal of the coming twelve months and of this quarter is expected to bring. */
export const renewalForecast = defineTable({
  name: 'renewal_forecast',
  grain:
    'one row per renewal that is due between the start of the quarter and the horizon, or late',
  columns: {
    ...identityColumns,
    due_on: { kind: 'day', meaning: 'when its revenue is up, as in renewals' },
    decision_on: { kind: 'day', meaning: 'day on which it is decided' },
    quarter: { kind: 'text', meaning: 'quarter of due_on, such as 2026-Q4' },
    state: { kind: 'text', meaning: 'as in renewals' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that is up for renewal' },
    category: { kind: 'text', meaning: 'won, commit, best_case, at_risk or lost' },
    probability: { kind: 'number', meaning: 'share of the ARR expected to stay, 0 to 1' },
    expected_cents: {
      kind: 'cents',
      meaning: 'due ARR by probability; of decided ones what stayed',
    },
    upsell_cents: { kind: 'cents', meaning: 'what a decided renewal brings beyond what was due' },
    currency,
    basis: {
      kind: 'text',
      meaning: 'decided, observed (rates of the past) or starting_table (of the config)',
    },
    basis_n: { kind: 'count', meaning: 'renewals of the past behind an observed rate' },
    because: { kind: 'text', meaning: 'how the probability came about, in a sentence' },
    band: { kind: 'text', meaning: 'health of the account: green, yellow, red or unscored' },
    health_on: { kind: 'day', optional: true, meaning: 'day of that health' },
    horizon: { kind: 'text', meaning: 'days to the decision: over_120, 120, 90, 60, 30 or past' },
    stage: { kind: 'text', meaning: 'stage of the renewal, as the definitions have it' },
    stage_since: { kind: 'day', optional: true, meaning: 'day since which it is in that stage' },
    opportunity_id: { kind: 'text', optional: true, meaning: 'opportunity that tells of it' },
    csm_probability: { kind: 'number', optional: true, meaning: 'what its owner says, 0 to 1' },
    csm_category: { kind: 'text', optional: true, meaning: 'what its owner says' },
    disagreement: {
      kind: 'text',
      optional: true,
      meaning: 'where owner and model are far apart, in a sentence; empty where they are not',
    },
    definitions_id: definitionsId,
  },
});

/** The forecast added up. */
export const renewalRollups = defineTable({
  name: 'renewal_rollups',
  grain: 'one row per cut, value of the cut and month or quarter',
  columns: {
    cut: { kind: 'text', meaning: 'all, segment, owner, region or product' },
    cut_value: { kind: 'text', meaning: 'its value; (none) where the warehouse has none' },
    period_kind: { kind: 'text', meaning: 'month or quarter' },
    period: { kind: 'text', meaning: 'such as 2026-12 or 2026-Q4, of the day they are due' },
    renewals: { kind: 'count', meaning: 'renewals due in it' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that is up: won, lost and open' },
    won_arr_cents: { kind: 'cents', meaning: 'of it renewed already' },
    lost_arr_cents: { kind: 'cents', meaning: 'of it lost already, shrunk renewals included' },
    open_arr_cents: { kind: 'cents', meaning: 'of it undecided' },
    commit_cents: { kind: 'cents', meaning: 'won, and what is in commit' },
    best_case_cents: { kind: 'cents', meaning: 'won, commit and best case' },
    expected_cents: { kind: 'cents', meaning: 'won, and open by probability' },
    spread_cents: {
      kind: 'cents',
      meaning: 'standard deviation of the expected, as if renewals were independent',
    },
    at_risk_cents: { kind: 'cents', meaning: 'open ARR in category at_risk' },
    upsell_cents: { kind: 'cents', meaning: 'what won renewals bring beyond what was due' },
    target_cents: {
      kind: 'cents',
      meaning: 'due ARR by the GRR target of the segment: what is to stay of it',
    },
    gap_cents: {
      kind: 'cents',
      meaning: 'target less expected: the ARR it takes to reach it; negative where it is exceeded',
    },
    currency,
    definitions_id: definitionsId,
  },
});

/** From the forecast of a week ago to that of today, quarter by quarter, to the cent. */
export const forecastWalk = defineTable({
  name: 'forecast_walk',
  grain: 'one row per quarter, and one for all of them',
  columns: {
    quarter: { kind: 'text', meaning: 'such as 2026-Q4, or all' },
    since: { kind: 'day', meaning: 'day of the earlier forecast' },
    opening_cents: { kind: 'cents', meaning: 'what was expected then' },
    new_cents: { kind: 'cents', meaning: 'renewals that the earlier forecast did not have' },
    won_cents: { kind: 'cents', meaning: 'renewed since: what stays less what was expected' },
    lost_cents: { kind: 'cents', meaning: 'lost since; zero or negative' },
    moved_in_cents: { kind: 'cents', meaning: 'whose date has moved into the quarter' },
    moved_out_cents: { kind: 'cents', meaning: 'whose date has moved out of it' },
    up_cents: { kind: 'cents', meaning: 'of which more is expected now' },
    down_cents: { kind: 'cents', meaning: 'of which less is expected now' },
    gone_cents: { kind: 'cents', meaning: 'no longer in the warehouse, or amended away' },
    closing_cents: { kind: 'cents', meaning: 'what is expected now' },
    currency,
    definitions_id: definitionsId,
  },
});

/** Forecasts as they stood 180, 120, 90, 60 and 30 days before the day, kept as they were. */
export const forecastSnapshots = defineTable({
  name: 'forecast_snapshots',
  grain: 'one row per renewal and horizon; a frozen row never changes but for its outcome',
  columns: {
    renewal_id: { kind: 'text', meaning: 'renewal, as in renewals' },
    contract_id: { kind: 'text', meaning: 'contract line' },
    horizon_days: { kind: 'count', meaning: 'days before due_on: 180, 120, 90, 60 or 30' },
    frozen_on: { kind: 'day', meaning: 'run that froze it' },
    due_on: { kind: 'day', meaning: 'term end as it was then' },
    segment: { kind: 'text', meaning: 'segment as it was then' },
    owner_email: { kind: 'text', optional: true, meaning: 'owner as it was then' },
    band: { kind: 'text', meaning: 'health as it was then' },
    horizon: { kind: 'text', meaning: 'days to the decision as they were then' },
    category: { kind: 'text', meaning: 'category as it was then' },
    basis: { kind: 'text', meaning: 'basis as it was then' },
    probability: { kind: 'number', meaning: 'probability as it was then' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that was up then' },
    expected_cents: { kind: 'cents', meaning: 'what was expected then' },
    actual_cents: { kind: 'cents', optional: true, meaning: 'what stayed; empty until decided' },
    decided_on: { kind: 'day', optional: true, meaning: 'run that found the outcome' },
  },
});

/** How good the forecasts of the last twelve months were, by how long before they were made. */
export const forecastAccuracy = defineTable({
  name: 'forecast_accuracy',
  grain: 'one row per cut, value of the cut and horizon',
  columns: {
    cut: { kind: 'text', meaning: 'all, segment or owner' },
    cut_value: { kind: 'text', meaning: 'its value; (none) where the warehouse has none' },
    horizon_days: { kind: 'count', meaning: 'days before due: 120, 90, 60 or 30' },
    window_start: { kind: 'day', meaning: 'first day on which a renewal that is counted was due' },
    window_end: { kind: 'day', meaning: 'first day after' },
    renewals: { kind: 'count', meaning: 'renewals with a frozen forecast and an outcome' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that was up' },
    forecast_cents: { kind: 'cents', meaning: 'what was expected' },
    actual_cents: { kind: 'cents', meaning: 'what stayed' },
    wape: {
      kind: 'number',
      optional: true,
      meaning: 'sum of the misses of single months, of what stayed',
    },
    wape_single: {
      kind: 'number',
      optional: true,
      meaning: 'the same over single renewals, where nothing evens out',
    },
    bias: { kind: 'number', optional: true, meaning: 'expected less what stayed, of what stayed' },
    reason: { kind: 'text', optional: true, meaning: 'why there is none' },
    currency,
    definitions_id: definitionsId,
  },
});

/** The rates of the past that probabilities come from, or the starting table in their place. */
export const renewalRates = defineTable({
  name: 'renewal_rates',
  grain: 'one row per band, segment and horizon',
  columns: {
    band: { kind: 'text', meaning: 'green, yellow, red or unscored' },
    segment: { kind: 'text', meaning: 'id of the segment' },
    horizon: { kind: 'text', meaning: 'over_120, 120, 90, 60, 30 or past' },
    renewals: { kind: 'count', meaning: 'renewals of the past that were open then' },
    observed_rate: { kind: 'number', optional: true, meaning: 'share of their ARR that stayed' },
    whole_renewals: { kind: 'count', meaning: 'of the band at that horizon, all segments' },
    whole_rate: { kind: 'number', optional: true, meaning: 'their rate, to which it is shrunk' },
    starting_rate: { kind: 'number', meaning: 'rate of the starting table' },
    probability: { kind: 'number', meaning: 'the rate in use' },
    basis: { kind: 'text', meaning: 'observed or starting_table' },
    because: { kind: 'text', meaning: 'why that one, in a sentence' },
  },
});

/** What is wrong with the record of a renewal. */
export const renewalFindings = defineTable({
  name: 'renewal_findings',
  grain: 'one row per renewal and finding',
  columns: {
    ...identityColumns,
    opportunity_id: { kind: 'text', optional: true, meaning: 'opportunity it is about' },
    finding: {
      kind: 'text',
      meaning:
        'no_opportunity, no_next_step, stage_too_old, close_date_past, amount_differs, probability_against_stage, unknown_stage, lost_without_notice or won_without_contract',
    },
    says: { kind: 'text', meaning: 'what was found and what was expected, in a sentence' },
    due_arr_cents: { kind: 'cents', meaning: 'ARR that is up for renewal' },
    due_on: { kind: 'day', meaning: 'term end' },
    currency,
  },
});
