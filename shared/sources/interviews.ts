import { defineSource } from './source.ts';

/** What those who left say was the reason: the only check on what we say it was. */
export const interviews = defineSource({
  id: 'interviews',
  grain: 'one row per lost account',
  required: false,
  key: ['account_id'],
  columns: {
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that was lost',
    },
    held_on: { type: 'day', meaning: 'day of the interview; empty while it is to come' },
    reason: { type: 'text', meaning: 'the reason they give' },
  },
  known: (asOf) => `coalesce(held_on < ${asOf}, true)`,
  mayBeEmpty: true,
  features: {},
});
