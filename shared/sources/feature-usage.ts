import { defineSource } from './source.ts';

/** Four weeks, and four to compare them with. */
const DAYS_READ = 56;

/** Which parts of the product are used: breadth is won or lost feature by feature. */
export const featureUsage = defineSource({
  id: 'feature_usage',
  grain: 'one row per account, day and feature',
  required: false,
  key: ['account_id', 'day', 'feature'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    day: { type: 'day', required: true, meaning: 'calendar day in the business zone' },
    feature: { type: 'text', required: true, meaning: 'feature as the company names it' },
    events: {
      type: 'integer',
      required: true,
      range: [0, 1e9],
      meaning: 'how often it was used that day',
    },
  },
  known: (asOf) => `day < ${asOf}`,
  freshBy: 'day',
  freshnessDays: 3,
  daysRead: DAYS_READ,
  features: {
    features_used_28d: 'count',
    features_used_prior_28d: 'count',
    feature_rows_56d: 'count',
  },
  // Grouped twice, because counting distinct names in one pass costs far more.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(used_28d > 0) AS features_used_28d,
      count_if(used_prior_28d > 0) AS features_used_prior_28d,
      sum(days) AS feature_rows_56d
    FROM (
      SELECT account_id, feature, count(*) AS days,
        count_if(events > 0 AND day >= ${daysAgo(28)}) AS used_28d,
        count_if(events > 0 AND day < ${daysAgo(28)}) AS used_prior_28d
      FROM ${rows}
      WHERE day >= ${daysAgo(DAYS_READ)}
      GROUP BY account_id, feature
    ) by_feature
    GROUP BY account_id`,
});
