import { defineSource } from './source.ts';

/** The papers of a renewal: a price that was gone through, and terms that lawyers have let go. */
export const renewalSteps = defineSource({
  id: 'renewal_steps',
  grain: 'one row per account, step and contract',
  required: false,
  key: ['account_id', 'step', 'contract_id'],
  columns: {
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that is to renew',
    },
    step: {
      type: 'text',
      required: true,
      oneOf: ['pricing_review', 'legal_review'],
      meaning: 'what is to be done before the renewal',
    },
    contract_id: {
      type: 'text',
      meaning: 'contract line it was for; what is ready is asked of the account as a whole',
    },
    started_on: { type: 'day', meaning: 'day it was begun; empty while it is only planned' },
    completed_on: { type: 'day', meaning: 'day it was done; empty while it is not' },
    owner_email: { type: 'text', meaning: 'who does it' },
  },
  known: (asOf) => `coalesce(started_on < ${asOf}, true)`,
  checks: [
    {
      id: 'done_before_begun',
      column: 'completed_on',
      severity: 'warning',
      offends: 'completed_on < started_on',
      found: 'a last day before the first',
      expected: 'a last day on or after the first',
      fix: 'Correct the days; until then such steps count as done.',
    },
  ],
  features: {
    pricing_reviewed_on: 'day',
    legal_cleared_on: 'day',
    legal_open: 'count',
  },
  // What was done on as_of or later was still to do that day.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      max(completed_on) FILTER (WHERE done AND step = 'pricing_review') AS pricing_reviewed_on,
      max(completed_on) FILTER (WHERE done AND step = 'legal_review') AS legal_cleared_on,
      count_if(step = 'legal_review' AND started_on IS NOT NULL AND NOT done) AS legal_open
    FROM (
      SELECT account_id, step, started_on, completed_on,
        coalesce(completed_on < ${daysAgo(0)}, false) AS done
      FROM ${rows}
    ) steps
    GROUP BY account_id`,
});
