import { defineTable } from './table.ts';

const movementColumns = {
  // In revenue_rollups from the opening to the closing of the window at once, whatever the method.
  new_arr_cents: { kind: 'cents', meaning: 'of customers that had no ARR on any earlier day' },
  reactivation_arr_cents: { kind: 'cents', meaning: 'of customers that came back' },
  expansion_arr_cents: { kind: 'cents', meaning: 'of customers that grew' },
  contraction_arr_cents: { kind: 'cents', meaning: 'of customers that shrank; zero or negative' },
  churn_arr_cents: { kind: 'cents', meaning: 'of customers that left; zero or negative' },
  escalator_arr_cents: { kind: 'cents', meaning: 'contractual uplift inside a term' },
  fx_arr_cents: { kind: 'cents', meaning: 'what exchange rates alone changed' },
} as const;

const definitionsId = {
  kind: 'text',
  meaning: 'definitions the figures were computed with',
} as const;

const placeColumns = {
  segment: { kind: 'text', meaning: 'id of its segment at the end of the period' },
  motion: { kind: 'text', meaning: 'id of its motion at the end of the period' },
  region: { kind: 'text', optional: true, meaning: 'region' },
  owner_email: { kind: 'text', optional: true, meaning: 'CSM who owns it' },
} as const;

/** What happened to each customer's ARR, month by month. */
export const arrMovements = defineTable({
  name: 'arr_movements',
  grain: 'one row per customer, month and kind of movement',
  columns: {
    customer_id: { kind: 'text', meaning: 'customer; its ultimate parent unless configured' },
    month: { kind: 'day', meaning: 'first day of the month, on which the opening is read' },
    month_end: { kind: 'day', meaning: 'first day after it, or as_of in the month that runs' },
    kind: {
      kind: 'text',
      meaning: 'new, reactivation, expansion, contraction, churn, escalator or fx',
    },
    arr_cents: { kind: 'cents', meaning: 'change of ARR in hundredths of the currency' },
    opening_arr_cents: { kind: 'cents', meaning: 'ARR of the customer at the opening' },
    closing_arr_cents: { kind: 'cents', meaning: 'ARR of the customer at the closing' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    name: { kind: 'text', optional: true, meaning: 'name as the warehouse has it; escape it' },
    ...placeColumns,
    definitions_id: definitionsId,
  },
});

/** The bridge: from the ARR a month opened with to the one it closed with, to the cent. */
export const arrBridge = defineTable({
  name: 'arr_bridge',
  grain: 'one row per cut, value of the cut and month',
  columns: {
    cut: {
      kind: 'text',
      meaning:
        'all, segment, motion, region, owner, product, start_quarter, onboarding or ultimate_parent',
    },
    cut_value: { kind: 'text', meaning: 'its value; (none) where the warehouse has none' },
    month: { kind: 'day', meaning: 'first day of the month, on which the opening is read' },
    month_end: { kind: 'day', meaning: 'first day after it, or as_of in the month that runs' },
    opening_arr_cents: { kind: 'cents', meaning: 'ARR at the opening' },
    ...movementColumns,
    transfer_arr_cents: {
      kind: 'cents',
      meaning: 'of customers that moved from one value of the cut to another',
    },
    closing_arr_cents: { kind: 'cents', meaning: 'opening and all movements' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    definitions_id: definitionsId,
  },
});

/** NRR, GRR and churn over windows, by every cut and by all three methods. */
export const revenueRollups = defineTable({
  name: 'revenue_rollups',
  grain: 'one row per window, cut, value of the cut and method',
  columns: {
    window: { kind: 'text', meaning: 'trailing_12_months or year_to_date' },
    window_start: { kind: 'day', meaning: 'day of the opening ARR' },
    window_end: { kind: 'day', meaning: 'day of the closing ARR' },
    cut: { kind: 'text', meaning: 'as in arr_bridge' },
    cut_value: { kind: 'text', meaning: 'its value; (none) where the warehouse has none' },
    method: { kind: 'text', meaning: 'point_to_point, monthly_compound or waterfall' },
    customers_opening: { kind: 'count', meaning: 'customers with ARR at the opening' },
    customers_lost: { kind: 'count', meaning: 'of those, without ARR at the closing' },
    customers_renewing: {
      kind: 'count',
      meaning: 'customers with a term that ended in the window and none that ran through it',
    },
    customers_renewing_lost: {
      kind: 'count',
      meaning: 'of those, without a later line that reaches beyond the window',
    },
    opening_arr_cents: { kind: 'cents', meaning: 'of the customers at the opening' },
    closing_arr_cents: { kind: 'cents', meaning: 'of all customers at the closing' },
    retained_arr_cents: {
      kind: 'cents',
      meaning: 'of the customers at the opening, at the closing, at the rates of the opening',
    },
    capped_arr_cents: { kind: 'cents', meaning: 'the same, none above its opening' },
    renewing_arr_cents: { kind: 'cents', meaning: 'opening ARR of the customers up for renewal' },
    pending_arr_cents: {
      kind: 'cents',
      meaning: 'in the closing: ended, and held for a late renewal',
    },
    carr_cents: {
      kind: 'cents',
      optional: true,
      meaning: 'contracted ARR on as_of: with what is signed, without what is known to end',
    },
    ...movementColumns,
    nrr: { kind: 'number', optional: true, meaning: 'net revenue retention; 1 is 100 %' },
    grr: { kind: 'number', optional: true, meaning: 'gross revenue retention, never above 1' },
    logo_churn: {
      kind: 'number',
      optional: true,
      meaning: 'customers lost of those at the opening',
    },
    logo_churn_renewing: {
      kind: 'number',
      optional: true,
      meaning: 'customers lost of those up for renewal',
    },
    revenue_churn_renewing: {
      kind: 'number',
      optional: true,
      meaning: 'opening ARR of lost customers over that of those up for renewal',
    },
    target_nrr: { kind: 'number', optional: true, meaning: 'targets of its segments, by ARR' },
    target_grr: { kind: 'number', optional: true, meaning: 'targets of its segments, by ARR' },
    gap_nrr_points: { kind: 'number', optional: true, meaning: 'NRR below target, in points' },
    gap_grr_points: { kind: 'number', optional: true, meaning: 'GRR below target, in points' },
    gap_nrr_arr_cents: { kind: 'cents', optional: true, meaning: 'ARR that would close the gap' },
    gap_grr_arr_cents: { kind: 'cents', optional: true, meaning: 'ARR that would close the gap' },
    reason: { kind: 'text', optional: true, meaning: 'why a ratio is null' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    is_default_method: { kind: 'flag', meaning: 'the method that reports show first' },
    definitions_id: definitionsId,
  },
});

/** How much of each quarter's customers is still there, by age. */
export const cohortRetention = defineTable({
  name: 'cohort_retention',
  grain: 'one row per start quarter and quarters since the start',
  columns: {
    cohort: { kind: 'text', meaning: 'quarter of the first contract, such as 2024-Q3, or all' },
    quarters_since_start: { kind: 'count', meaning: 'age of the customers, in quarters' },
    customers_started: { kind: 'count', meaning: 'customers of the cohort' },
    customers_reached: { kind: 'count', meaning: 'of those, who could be that old by as_of' },
    is_complete: { kind: 'flag', meaning: 'all of them could' },
    customers_live: { kind: 'count', meaning: 'of those who could, with ARR at that age' },
    logo_retention: { kind: 'number', optional: true, meaning: 'live over reached' },
    start_arr_cents: { kind: 'cents', meaning: 'of those reached, on their first day' },
    arr_cents: { kind: 'cents', meaning: 'of those reached, at that age' },
    revenue_retention: { kind: 'number', optional: true, meaning: 'ARR over ARR at the start' },
    at_risk: { kind: 'count', meaning: 'customers still watched at that age' },
    survival: {
      kind: 'number',
      optional: true,
      meaning: 'Kaplan-Meier: share still here, those too young to know counted as censored',
    },
    std_error: { kind: 'number', optional: true, meaning: 'of survival, by Greenwood' },
    lower: { kind: 'number', optional: true, meaning: 'lower end of the 95 % interval' },
    upper: { kind: 'number', optional: true, meaning: 'upper end of the 95 % interval' },
    reason: { kind: 'text', optional: true, meaning: 'why a figure is null' },
    definitions_id: definitionsId,
  },
});

/** What was reported before and reads otherwise now; nothing that was published is changed. */
export const retentionRestatements = defineTable({
  name: 'retention_restatements',
  grain: 'one row per finding, month, figure and, for movements, customer',
  columns: {
    noticed_on: { kind: 'day', meaning: 'as_of of the run that found it' },
    reported_on: { kind: 'day', meaning: 'as_of of the run that reported it otherwise' },
    month_end: { kind: 'day', meaning: 'end of the month that reads otherwise' },
    figure: { kind: 'text', meaning: 'closing_arr_cents, nrr, grr, or the kind of a movement' },
    method: { kind: 'text', optional: true, meaning: 'method of an nrr or grr' },
    customer_id: { kind: 'text', optional: true, meaning: 'whose movement; null for the whole' },
    reported: { kind: 'number', optional: true, meaning: 'as reported' },
    now_known: { kind: 'number', optional: true, meaning: 'as now known' },
    change: { kind: 'number', optional: true, meaning: 'now known less reported' },
    note: {
      kind: 'text',
      optional: true,
      meaning: 'that definitions changed in between, or how many smaller changes there are',
    },
    definitions_id: definitionsId,
  },
});

/** Who shrank over the last twelve months, and what lay behind it. */
export const contractionList = defineTable({
  name: 'contraction_list',
  grain: 'one row per customer that shrank in the twelve months before as_of',
  columns: {
    rank: { kind: 'count', meaning: '1 is the largest loss' },
    customer_id: { kind: 'text', meaning: 'customer' },
    name: { kind: 'text', optional: true, meaning: 'name as the warehouse has it; escape it' },
    ...placeColumns,
    opening_arr_cents: { kind: 'cents', meaning: 'ARR twelve months ago' },
    closing_arr_cents: { kind: 'cents', meaning: 'ARR on as_of' },
    lost_arr_cents: { kind: 'cents', meaning: 'what it shrank by' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    shrank_in: { kind: 'day', optional: true, meaning: 'month of its largest contraction' },
    months_after_start: {
      kind: 'count',
      optional: true,
      meaning: 'months from its first contract to that month',
    },
    onboarding: { kind: 'text', meaning: 'on_time, late, unfinished or not_recorded' },
    began_in_onboarding: {
      kind: 'flag',
      optional: true,
      meaning: 'it shrank in its first year, or in its second after a late onboarding',
    },
    why: { kind: 'text', meaning: 'what lies behind it, in a sentence' },
    health_before_on: {
      kind: 'day',
      optional: true,
      meaning: 'day of the health published last before the month it shrank in',
    },
    score_before: { kind: 'tenths', optional: true, meaning: 'score of its worst account then' },
    band_before: { kind: 'text', optional: true, meaning: 'band of that account then' },
    health_on: { kind: 'day', optional: true, meaning: 'as_of of the health of now' },
    score: { kind: 'tenths', optional: true, meaning: 'its lowest score among its accounts' },
    band: { kind: 'text', optional: true, meaning: 'band of that account' },
    top_driver: { kind: 'text', optional: true, meaning: 'measure that costs it the most' },
    concessions_without_plan: {
      kind: 'count',
      meaning: 'discounts of the last 180 days that no success plan stands behind',
    },
    definitions_id: definitionsId,
  },
});

/** What to work on this week, and what to leave alone. */
export const priorityQueues = defineTable({
  name: 'priority_queues',
  grain: 'one row per queue and rank',
  columns: {
    queue: { kind: 'text', meaning: 'churn, contraction, expansion or leave_alone' },
    rank: { kind: 'count', meaning: '1 comes first' },
    account_id: { kind: 'text', meaning: 'account' },
    customer_id: { kind: 'text', meaning: 'customer it belongs to' },
    name: { kind: 'text', optional: true, meaning: 'name as the warehouse has it; escape it' },
    segment: { kind: 'text', meaning: 'id of its segment' },
    owner_email: { kind: 'text', optional: true, meaning: 'CSM who owns it' },
    arr_cents: { kind: 'cents', meaning: 'ARR live on as_of' },
    at_stake_cents: { kind: 'cents', meaning: 'ARR at stake' },
    nrr_points: { kind: 'number', optional: true, meaning: 'what that is of NRR, in points' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    why: { kind: 'text', meaning: 'what it is about, with the numbers' },
    do_next: { kind: 'text', meaning: 'what to do' },
    reason: { kind: 'text', optional: true, meaning: 'why to leave it alone' },
    definitions_id: definitionsId,
  },
});
