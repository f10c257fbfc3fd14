import { defineSource } from './source.ts';
import { sqlEarliestText } from './sql.ts';

/** Changes of the product that reach an account, before all what it loses. */
export const releases = defineSource({
  id: 'releases',
  grain: 'one row per release and account',
  required: false,
  key: ['release_id', 'account_id'],
  columns: {
    release_id: { type: 'text', required: true, meaning: 'stable id of the release' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that it reaches',
    },
    kind: {
      type: 'text',
      required: true,
      oneOf: ['change', 'retirement'],
      meaning: 'whether something changes or ends',
    },
    at: { type: 'moment', required: true, meaning: 'when it takes effect; may lie ahead' },
    feature: { type: 'text', meaning: 'what changes or ends' },
  },
  // What is announced is known, though it is yet to come; recorded_at is what keeps later ones out.
  known: () => 'true',
  mayBeEmpty: true,
  features: {
    retirements_ahead: 'count',
    next_retirement_on: 'day',
    next_retired_feature: 'text',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count(*) AS retirements_ahead,
      min(retires_on) AS next_retirement_on,
      ${sqlEarliestText('retires_on', 'feature', 'true')} AS next_retired_feature
    FROM (
      SELECT account_id, feature, CAST("at" AS DATE) AS retires_on
      FROM ${rows}
      WHERE kind = 'retirement' AND "at" >= CAST(${daysAgo(0)} AS TIMESTAMP)
    ) ahead
    GROUP BY account_id`,
});
