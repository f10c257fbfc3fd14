import { defineSource } from './source.ts';

/** What they have committed to consume, and how much of it they have. */
export const entitlements = defineSource({
  id: 'entitlements',
  grain: 'one row per account and metric',
  required: false,
  key: ['account_id', 'metric'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    metric: { type: 'text', required: true, meaning: 'what is counted, such as API calls' },
    committed: {
      type: 'number',
      required: true,
      range: [0, 1e15],
      meaning: 'how much of it is paid for; of a period_total, for the whole period',
    },
    used: {
      type: 'number',
      required: true,
      range: [0, 1e15],
      meaning: 'how much of it is used; of a period_total, from its start to date',
    },
    period_start: { type: 'day', meaning: 'first day of the period' },
    period_end: { type: 'day', meaning: 'last day of the period; past ones no longer count' },
    counts: {
      type: 'text',
      oneOf: ['level', 'period_total'],
      meaning: 'a level, such as seats, or what adds up over the period; a level where empty',
    },
  },
  known: () => 'true',
  features: {
    entitlement_use: 'number',
    entitlement_metric: 'text',
    entitlement_used: 'number',
    entitlement_committed: 'number',
    entitlement_ends_on: 'day',
  },
  // The metric of the fullest use speaks for the account: it is the one that runs out. What adds up
  // over a period says nothing of fit before its end, and is left to renewals until it is exceeded.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      max(use_ratio) AS entitlement_use,
      max(metric) FILTER (WHERE place = 1) AS entitlement_metric,
      max(used) FILTER (WHERE place = 1) AS entitlement_used,
      max(committed) FILTER (WHERE place = 1) AS entitlement_committed,
      max(period_end) FILTER (WHERE place = 1) AS entitlement_ends_on
    FROM (
      SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY use_ratio DESC, metric) AS place
      FROM (
        SELECT account_id, metric, used, committed, period_end,
          used / NULLIF(committed, 0E0) AS use_ratio
        FROM ${rows}
        WHERE committed > 0 AND coalesce(period_end >= ${daysAgo(0)}, true)
          AND (coalesce(counts, 'level') = 'level' OR used > committed)
      ) running
    ) ranked
    GROUP BY account_id`,
});
