import { defineTable } from './table.ts';

/** One row for each account: its score, its band, and how much of it is known. */
export const accountHealth = defineTable({
  name: 'account_health',
  grain: 'one row per account',
  columns: {
    account_id: { kind: 'text', meaning: 'account' },
    name: { kind: 'text', optional: true, meaning: 'name as the warehouse has it; escape it' },
    parent_account_id: { kind: 'text', optional: true, meaning: 'account it belongs to' },
    segment: { kind: 'text', meaning: 'id of its segment in the config' },
    motion: { kind: 'text', meaning: 'id of its motion in the config' },
    lifecycle: { kind: 'text', meaning: 'onboarding, adopting or renewing' },
    strategic: { kind: 'flag', meaning: 'strategic account' },
    region: { kind: 'text', optional: true, meaning: 'region' },
    owner_email: { kind: 'text', optional: true, meaning: 'CSM who owns it' },
    arr_cents: { kind: 'cents', meaning: 'ARR live on as_of, in hundredths of the currency' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    score: { kind: 'tenths', optional: true, meaning: 'health from 0 to 100; null when unscored' },
    band: { kind: 'text', meaning: 'green, yellow, red or unscored; that of an override if any' },
    scored_band: { kind: 'text', meaning: 'band of the score, after hysteresis and gates' },
    override_owner_email: { kind: 'text', optional: true, meaning: 'who put a band in its place' },
    override_reason: { kind: 'text', optional: true, meaning: 'why' },
    override_expires_on: {
      kind: 'day',
      optional: true,
      meaning: 'first day on which the override no longer holds',
    },
    trend: {
      kind: 'text',
      meaning: 'improving, stable, declining, or insufficient data',
    },
    change_28d: {
      kind: 'tenths',
      optional: true,
      meaning: 'change of the score since about 28 days ago; health_movements says why',
    },
    coverage: { kind: 'number', meaning: 'share of the weight that is known, 0 to 1' },
    gate_effect: { kind: 'tenths', meaning: 'what a gate takes off the score; zero or negative' },
    gate_reason: { kind: 'text', optional: true, meaning: 'the fact that capped the score' },
    gates_unknown: {
      kind: 'text',
      optional: true,
      meaning: 'gates that could not be asked, and why: a cap may be missing',
    },
    top_driver: { kind: 'text', optional: true, meaning: 'measure that costs it the most points' },
    top_driver_lost: { kind: 'tenths', optional: true, meaning: 'points of score it costs' },
    top_driver_play: { kind: 'text', optional: true, meaning: 'play that answers it' },
    reason: { kind: 'text', optional: true, meaning: 'why it is unscored' },
  },
});

/** Why each score is what it is: its lines plus the gate effect sum to the score exactly. */
export const healthReceipts = defineTable({
  name: 'health_receipts',
  grain: 'one row per account and measure',
  columns: {
    account_id: { kind: 'text', meaning: 'account' },
    measure: { kind: 'text', meaning: 'measure; docs/scoring.md has a paragraph on each' },
    dimension: { kind: 'text', meaning: 'dimension it belongs to' },
    status: { kind: 'text', meaning: 'scored or unknown' },
    raw_value: { kind: 'number', optional: true, meaning: 'what was observed' },
    points: { kind: 'tenths', optional: true, meaning: 'what the curve makes of it, 0 to 100' },
    weight: { kind: 'number', meaning: 'weight out of 100' },
    contribution: {
      kind: 'tenths',
      optional: true,
      meaning: 'points of score it adds; 0 when unknown, null when the account is unscored',
    },
    evidence: { kind: 'text', optional: true, meaning: 'what was observed, in words' },
    reason: { kind: 'text', optional: true, meaning: 'why it is unknown' },
  },
});

/** Why each score moved: four parts that sum to the change exactly. */
export const healthMovements = defineTable({
  name: 'health_movements',
  grain: 'one row per account and since (last_run, 28_days), where there is an earlier day',
  columns: {
    account_id: { kind: 'text', meaning: 'account' },
    since: { kind: 'text', meaning: 'last_run or 28_days' },
    from_day: { kind: 'day', meaning: 'the day it is compared with' },
    from_score: { kind: 'tenths', optional: true, meaning: 'score on that day' },
    to_score: { kind: 'tenths', optional: true, meaning: 'score on as_of' },
    from_band: { kind: 'text', meaning: 'band on that day' },
    to_band: { kind: 'text', meaning: 'band on as_of' },
    change: { kind: 'tenths', optional: true, meaning: 'to_score less from_score' },
    input: {
      kind: 'tenths',
      optional: true,
      meaning: 'points of it because the account changed, gates included',
    },
    weight: {
      kind: 'tenths',
      optional: true,
      meaning: 'points of it because answers weigh differently: another model, or other weights',
    },
    configuration: {
      kind: 'tenths',
      optional: true,
      meaning: 'points of it because the same values are worth other points',
    },
    coverage: {
      kind: 'tenths',
      optional: true,
      meaning: 'points of it because answers came or went',
    },
    reason: { kind: 'text', optional: true, meaning: 'why there is no change to tell' },
  },
});

const count = (meaning: string) => ({ kind: 'count', meaning }) as const;
const cents = (meaning: string) => ({ kind: 'cents', meaning }) as const;

/** How the customer base stands: accounts and ARR per band, for several cuts. */
export const segmentHealth = defineTable({
  name: 'segment_health',
  grain: 'one row per cut, value of the cut, and band; customers with a live contract only',
  columns: {
    cut: { kind: 'text', meaning: 'all, segment, motion, region, owner or lifecycle' },
    cut_value: { kind: 'text', meaning: 'which one; (none) where the account has none' },
    band: { kind: 'text', meaning: 'green, yellow, red or unscored' },
    accounts: count('accounts in the band'),
    arr_cents: cents('their ARR'),
    account_share: { kind: 'number', optional: true, meaning: 'share of the accounts of the cut' },
    arr_share: { kind: 'number', optional: true, meaning: 'share of the ARR of the cut' },
    up_since_last_run: count('of them, came up into the band since the last run'),
    up_since_last_run_arr_cents: cents('their ARR'),
    down_since_last_run: count('of them, came down into the band since the last run'),
    down_since_last_run_arr_cents: cents('their ARR'),
    up_28d: count('of them, came up since about 28 days ago'),
    up_28d_arr_cents: cents('their ARR'),
    down_28d: count('of them, came down since about 28 days ago'),
    down_28d_arr_cents: cents('their ARR'),
  },
});

/** Health by dimension and measure, and what drives it down, by ARR. */
export const measureHealth = defineTable({
  name: 'measure_health',
  grain: 'one row per cut (all, segment, motion, lifecycle), value of the cut, and measure',
  columns: {
    cut: { kind: 'text', meaning: 'all, segment, motion or lifecycle' },
    cut_value: { kind: 'text', meaning: 'which one' },
    dimension: { kind: 'text', meaning: 'dimension of the measure' },
    measure: { kind: 'text', meaning: 'measure' },
    known: count('scored accounts it is known of'),
    unknown: count('scored accounts it was asked of and is unknown'),
    mean_points: { kind: 'number', optional: true, meaning: 'mean points, 0 to 100, where known' },
    mean_lost: {
      kind: 'number',
      optional: true,
      meaning: 'points of score it costs the mean scored account of the cut',
    },
    top_driver_accounts: count('accounts that it costs the most'),
    top_driver_arr_cents: cents('their ARR'),
  },
});

/** How the points of each measure are spread; the drift guard compares it from run to run. */
export const measureDistribution = defineTable({
  name: 'measure_distribution',
  grain: 'one row per measure and bin of points',
  columns: {
    measure: { kind: 'text', meaning: 'measure' },
    bin: count('0 unknown, 1 below 10 points, 2 below 20, … 10 from 90 on'),
    accounts: count('accounts in the bin'),
  },
});

/** Groups of accounts under one parent, and who in them is worst off. */
export const parentHealth = defineTable({
  name: 'parent_health',
  grain: 'one row per ultimate parent with daughters; accounts with a live contract only',
  columns: {
    parent_account_id: { kind: 'text', meaning: 'ultimate parent' },
    parent_name: { kind: 'text', optional: true, meaning: 'its name; null when it is no customer' },
    accounts: count('accounts of the group, the parent included'),
    scored_accounts: count('of them with a score'),
    arr_cents: cents('ARR of the group'),
    score: { kind: 'tenths', optional: true, meaning: 'mean of the scores weighted by ARR' },
    band: { kind: 'text', meaning: 'band of that mean' },
    worst_account_id: { kind: 'text', optional: true, meaning: 'account with the lowest score' },
    worst_name: { kind: 'text', optional: true, meaning: 'its name' },
    worst_score: { kind: 'tenths', optional: true, meaning: 'its score' },
    worst_band: { kind: 'text', optional: true, meaning: 'its band' },
    worst_arr_cents: { kind: 'cents', optional: true, meaning: 'its ARR' },
  },
});

/** The customer base from run to run; carried forward, so the latest partition has them all. */
export const portfolioTrend = defineTable({
  name: 'portfolio_trend',
  grain: 'one row per day with a run, of the last 400 days',
  columns: {
    day: { kind: 'day', meaning: 'as_of of the run' },
    accounts: count('accounts with a live contract'),
    arr_cents: cents('their ARR'),
    mean_score: { kind: 'number', optional: true, meaning: 'mean score weighted by ARR' },
    green: count('green accounts'),
    green_arr_cents: cents('their ARR'),
    yellow: count('yellow accounts'),
    yellow_arr_cents: cents('their ARR'),
    red: count('red accounts'),
    red_arr_cents: cents('their ARR'),
    unscored: count('unscored accounts'),
    unscored_arr_cents: cents('their ARR'),
  },
});

/** What the run found in its sources: one row for each source, and one for each finding. */
export const dataQuality = defineTable({
  name: 'data_quality',
  grain: 'one row per source (check = status) and one per finding',
  columns: {
    source: { kind: 'text', meaning: 'source' },
    check: { kind: 'text', meaning: 'status, or the check that found something' },
    column: { kind: 'text', optional: true, meaning: 'column it found it in' },
    severity: {
      kind: 'text',
      meaning: 'ready, stale, broken or absent; for a finding its severity',
    },
    rows: { kind: 'count', optional: true, meaning: 'rows of the source, or offending rows' },
    share: { kind: 'number', optional: true, meaning: 'share of the rows of the source' },
    last_day: { kind: 'day', optional: true, meaning: 'last day the source has news of' },
    examples: { kind: 'text', optional: true, meaning: 'up to three keys of offending rows' },
    found: { kind: 'text', meaning: 'what was found' },
    expected: { kind: 'text', optional: true, meaning: 'what was expected' },
    fix: { kind: 'text', optional: true, meaning: 'what to do' },
  },
});
