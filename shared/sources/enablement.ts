import { defineSource } from './source.ts';

/** Who learnt to use the product: an account where nobody was trained uses little of it. */
export const enablement = defineSource({
  id: 'enablement',
  grain: 'one row per completion',
  required: false,
  key: ['account_id', 'course', 'completed_on', 'role', 'completion_id'],
  columns: {
    completion_id: {
      type: 'text',
      meaning: 'id of the completion, where several of a role complete a course on one day',
    },
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    course: { type: 'text', required: true, meaning: 'course as the company names it' },
    completed_on: { type: 'day', required: true, meaning: 'day it was completed' },
    role: { type: 'text', meaning: 'role of who completed it; admin is understood' },
  },
  known: (asOf) => `completed_on < ${asOf}`,
  freshBy: 'completed_on',
  freshnessDays: 60,
  features: {
    completions_365d: 'count',
    admin_completions_365d: 'count',
    last_completion_on: 'day',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(completed_on >= ${daysAgo(365)}) AS completions_365d,
      count_if(completed_on >= ${daysAgo(365)} AND role = 'admin') AS admin_completions_365d,
      max(completed_on) AS last_completion_on
    FROM ${rows}
    GROUP BY account_id`,
});
