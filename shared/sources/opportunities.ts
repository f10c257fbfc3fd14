import { defineSource } from './source.ts';
import { MOST_MONEY, sqlCents } from './sql.ts';

/** What is being sold to the account: renewals and what goes beyond them. */
export const opportunities = defineSource({
  id: 'opportunities',
  grain: 'one row per opportunity',
  required: false,
  key: ['opportunity_id'],
  columns: {
    opportunity_id: { type: 'text', required: true, meaning: 'stable id of the opportunity' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account it is with',
    },
    kind: {
      type: 'text',
      required: true,
      oneOf: ['renewal', 'expansion'],
      meaning: 'renews what there is, or adds to it',
    },
    stage: { type: 'text', required: true, meaning: 'stage as the company names it' },
    amount: { type: 'money', range: [0, MOST_MONEY], meaning: 'annual value it would bring' },
    currency: { type: 'currency', meaning: 'currency of amount' },
    close_on: { type: 'day', meaning: 'day it closed, or is expected to' },
    outcome: { type: 'text', oneOf: ['won', 'lost'], meaning: 'how it ended; empty while open' },
    reason: { type: 'text', meaning: 'why it was won or lost' },
    contract_id: { type: 'text', meaning: 'contract line that it renews' },
    probability: { type: 'number', range: [0, 1], meaning: 'how likely it is won, 0 to 1' },
  },
  known: () => 'true',
  features: {
    renewal_opportunities_open: 'count',
    expansion_open_cents: 'cents',
    expansions_won_365d: 'count',
  },
  // What closes on as_of or later was still open that day, whatever its outcome.
  reduce: (rows, { daysAgo, rate }) => `
    SELECT account_id,
      count_if(still_open AND kind = 'renewal') AS renewal_opportunities_open,
      sum(cents) FILTER (WHERE still_open AND kind = 'expansion') AS expansion_open_cents,
      count_if(NOT still_open AND kind = 'expansion' AND outcome = 'won'
        AND close_on >= ${daysAgo(365)}) AS expansions_won_365d
    FROM (
      SELECT account_id, kind, outcome, close_on,
        ${sqlCents('amount', rate('currency'))} AS cents,
        outcome IS NULL OR coalesce(close_on >= ${daysAgo(0)}, false) AS still_open
      FROM ${rows}
    ) opportunities
    GROUP BY account_id`,
});
