import { defineSource } from './source.ts';

/** Weeks of use kept apart, the latest first: four to judge and eight to compare them with. */
const WEEKS = 12;
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
    active_users: { type: 'integer', meaning: 'people who used the product that day' },
    sessions: { type: 'integer', meaning: 'sessions that day' },
    key_events: { type: 'integer', meaning: 'events that stand for value, that day' },
    features_used: { type: 'integer', meaning: 'distinct features used that day' },
    teams_active: { type: 'integer', meaning: 'distinct teams active that day' },
  },
  known: (asOf) => `day < ${asOf}`,
  freshBy: 'day',
  freshnessDays: 3,
  checks: [
    {
      id: 'negative_count',
      column: 'sessions',
      severity: 'broken',
      offends: 'coalesce(sessions, 0) < 0 OR coalesce(active_users, 0) < 0',
      found: 'a negative count',
      expected: 'counts of zero or more',
      fix: 'Correct the rows, or leave them out in a select.',
    },
  ],
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
    active_days_28d: 'count',
    active_users_peak_28d: 'count',
    features_per_active_day_28d: 'number',
    last_active_day: 'day',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      ${weeks.map((week) => sessionsInWeek(week, daysAgo)).join(',\n      ')},
      count_if(day >= ${daysAgo(28)} AND ${ACTIVE}) AS active_days_28d,
      max(active_users) FILTER (WHERE day >= ${daysAgo(28)}) AS active_users_peak_28d,
      avg(CAST(features_used AS DOUBLE)) FILTER (WHERE day >= ${daysAgo(28)} AND ${ACTIVE})
        AS features_per_active_day_28d,
      max(day) FILTER (WHERE ${ACTIVE}) AS last_active_day
    FROM ${rows}
    WHERE day >= ${daysAgo(WEEKS * 7)}
    GROUP BY account_id`,
});

const ACTIVE = '(coalesce(sessions, 0) > 0 OR coalesce(active_users, 0) > 0)';

function sessionsInWeek(week: number, daysAgo: (days: number) => string): string {
  const from = daysAgo(week * 7);
  const to = daysAgo(week * 7 - 7);
  return `sum(sessions) FILTER (WHERE day >= ${from} AND day < ${to}) AS sessions_week_${week}`;
}
