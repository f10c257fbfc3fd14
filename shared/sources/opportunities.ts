import { defineSource } from './source.ts';
import { MOST_MONEY } from './sql.ts';

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
    stage_since: { type: 'day', meaning: 'day it entered its stage' },
    next_step: { type: 'text', meaning: 'what is to be done next, in words' },
    next_step_on: { type: 'day', meaning: 'day by which that is to be done' },
    forecast_category: {
      type: 'text',
      oneOf: ['commit', 'best_case', 'at_risk', 'lost'],
      meaning: 'how the CSM judges it, whatever the stage says',
    },
  },
  known: () => 'true',
  features: {},
});
