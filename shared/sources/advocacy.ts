import { defineSource } from './source.ts';

/** What they do for us in public: nobody vouches for what they are about to leave. */
export const advocacy = defineSource({
  id: 'advocacy',
  grain: 'one row per account, kind and time',
  required: false,
  key: ['account_id', 'kind', 'at'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    kind: {
      type: 'text',
      required: true,
      oneOf: ['reference', 'case_study', 'advisory_board', 'community'],
      meaning: 'what they did',
    },
    at: { type: 'moment', required: true, meaning: 'when they did it' },
  },
  known: (asOf) => `"at" < CAST(${asOf} AS TIMESTAMP)`,
  freshBy: 'at',
  mayBeEmpty: true,
  features: {
    advocacy_365d: 'count',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if("at" >= CAST(${daysAgo(365)} AS TIMESTAMP)) AS advocacy_365d
    FROM ${rows}
    GROUP BY account_id`,
});
