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
    region: { kind: 'text', optional: true, meaning: 'region' },
    owner_email: { kind: 'text', optional: true, meaning: 'CSM who owns it' },
    arr_cents: { kind: 'cents', meaning: 'ARR live on as_of, in hundredths of the currency' },
    currency: { kind: 'text', meaning: 'reporting currency' },
    score: { kind: 'tenths', optional: true, meaning: 'health from 0 to 100; null when unscored' },
    band: { kind: 'text', meaning: 'green, yellow, red or unscored' },
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

/** How the customer base stands: accounts and ARR per band, for several cuts. */
export const segmentHealth = defineTable({
  name: 'segment_health',
  grain: 'one row per cut, value of the cut, and band; customers with a live contract only',
  columns: {
    cut: { kind: 'text', meaning: 'all, segment, region or owner' },
    cut_value: { kind: 'text', meaning: 'which one; (none) where the account has none' },
    band: { kind: 'text', meaning: 'green, yellow, red or unscored' },
    accounts: { kind: 'count', meaning: 'accounts in the band' },
    arr_cents: { kind: 'cents', meaning: 'their ARR' },
    account_share: { kind: 'number', optional: true, meaning: 'share of the accounts of the cut' },
    arr_share: { kind: 'number', optional: true, meaning: 'share of the ARR of the cut' },
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
