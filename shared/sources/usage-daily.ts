import { defineSource } from './source.ts';

/** Weeks of use kept apart, the latest first: four to judge and eight to compare them with. */
const WEEKS = 12;
const DAYS_READ = WEEKS * 7;
const weeks = Array.from({ length: WEEKS }, (_, index) => index + 1);

/** How much the product is used, per account and day. */
export const usageDaily = defineSource({
  id: 'usage_daily',
  grain: 'one row per account and day',
  required: false,
  key: ['account_id', 'day'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    day: { type: 'day', required: true, meaning: 'calendar day in the business zone' },
    active_users: {
      type: 'integer',
      range: [0, 1e9],
      wanted: true,
      meaning: 'people who used the product that day',
    },
    sessions: { type: 'integer', range: [0, 1e9], wanted: true, meaning: 'sessions that day' },
    key_events: {
      type: 'integer',
      range: [0, 1e9],
      meaning: 'events that stand for value, that day',
    },
    features_used: {
      type: 'integer',
      range: [0, 1e9],
      wanted: true,
      meaning: 'distinct features used that day',
    },
    teams_active: { type: 'integer', range: [0, 1e9], meaning: 'distinct teams active that day' },
  },
  known: (asOf) => `day < ${asOf}`,
  freshBy: 'day',
  freshnessDays: 3,
  daysRead: DAYS_READ,
  features: {
    sessions_week_1: 'count',
    sessions_week_2: 'count',
    sessions_week_3: 'count',
    sessions_week_4: 'count',
    sessions_week_5: 'count',
    sessions_week_6: 'count',
    sessions_week_7: 'count',
    sessions_week_8: 'count',
    sessions_week_9: 'count',
    sessions_week_10: 'count',
    sessions_week_11: 'count',
    sessions_week_12: 'count',
    usage_rows_28d: 'count',
    sessions_known_28d: 'count',
    active_days_28d: 'count',
    active_users_peak_28d: 'number',
    features_known_28d: 'count',
    features_per_active_day_28d: 'number',
    user_days_28d: 'count',
    user_days_prior_56d: 'count',
    teams_peak_28d: 'number',
    teams_peak_prior_56d: 'number',
  },
  // Told apart within the sums, not by FILTER, for which DuckDB copies out each column once more.
  reduce: (rows, { daysAgo }) => {
    const recent = `day >= ${daysAgo(28)}`;
    return `
    SELECT account_id,
      ${weeks.map((week) => sessionsInWeek(week, daysAgo)).join(',\n      ')},
      count(CASE WHEN ${recent} THEN 1 END) AS usage_rows_28d,
      count(CASE WHEN ${recent} THEN sessions END) AS sessions_known_28d,
      count(CASE WHEN ${recent} AND sessions > 0 THEN 1 END) AS active_days_28d,
      max(CASE WHEN ${recent} THEN active_users END) AS active_users_peak_28d,
      count(CASE WHEN ${recent} THEN features_used END) AS features_known_28d,
      avg(CASE WHEN ${recent} AND features_used > 0 THEN CAST(features_used AS DOUBLE) END)
        AS features_per_active_day_28d,
      sum(CASE WHEN ${recent} THEN active_users END) AS user_days_28d,
      sum(CASE WHEN ${recent} THEN NULL ELSE active_users END) AS user_days_prior_56d,
      max(CASE WHEN ${recent} THEN teams_active END) AS teams_peak_28d,
      max(CASE WHEN ${recent} THEN NULL ELSE teams_active END) AS teams_peak_prior_56d
    FROM ${rows}
    WHERE day >= ${daysAgo(DAYS_READ)}
    GROUP BY account_id`;
  },
});

function sessionsInWeek(week: number, daysAgo: (days: number) => string): string {
  const from = daysAgo(week * 7);
  const to = daysAgo(week * 7 - 7);
  return `sum(CASE WHEN day >= ${from} AND day < ${to} THEN sessions END) AS sessions_week_${week}`;
}
