import { defineSource } from './source.ts';

/** Who stands for us in the account; when they leave, so may it. */
export const contacts = defineSource({
  id: 'contacts',
  grain: 'one row per contact',
  required: false,
  key: ['contact_id'],
  columns: {
    contact_id: { type: 'text', required: true, meaning: 'stable id of the person in that role' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account they work for',
    },
    role: {
      type: 'text',
      required: true,
      oneOf: ['champion', 'executive_sponsor', 'admin', 'user'],
      meaning: 'what they are to us',
    },
    active_from: { type: 'day', meaning: 'first day in that role' },
    active_to: { type: 'day', meaning: 'last day in that role; empty while they are in it' },
  },
  known: (asOf) => `coalesce(active_from < ${asOf}, true)`,
  checks: [
    {
      id: 'left_before_begun',
      column: 'active_to',
      severity: 'warning',
      offends: 'active_to < active_from',
      found: 'a last day before the first',
      expected: 'a last day on or after the first',
      fix: 'Correct the days; until then such contacts count as gone.',
    },
  ],
  features: {
    champions_active: 'count',
    sponsors_active: 'count',
    champions_ever: 'count',
    sponsors_ever: 'count',
    champion_left_on: 'day',
    sponsor_left_on: 'day',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(active AND role = 'champion') AS champions_active,
      count_if(active AND role = 'executive_sponsor') AS sponsors_active,
      count_if(role = 'champion') AS champions_ever,
      count_if(role = 'executive_sponsor') AS sponsors_ever,
      max(active_to) FILTER (WHERE NOT active AND role = 'champion') AS champion_left_on,
      max(active_to) FILTER (WHERE NOT active AND role = 'executive_sponsor') AS sponsor_left_on
    FROM (
      SELECT account_id, role, active_to,
        coalesce(active_to >= ${daysAgo(0)}, true) AS active
      FROM ${rows}
    ) people
    GROUP BY account_id`,
});
