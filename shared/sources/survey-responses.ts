import { defineSource } from './source.ts';
import { sqlMean } from './sql.ts';

/** What the account's people say when asked. */
export const surveyResponses = defineSource({
  id: 'survey_responses',
  grain: 'one row per response',
  required: false,
  key: ['response_id'],
  columns: {
    response_id: { type: 'text', required: true, meaning: 'stable id of the response' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account of the person who answered',
    },
    kind: { type: 'text', required: true, oneOf: ['nps', 'csat'], meaning: 'which question' },
    score: { type: 'number', required: true, meaning: 'nps 0 to 10, csat 1 to 5' },
    responded_at: { type: 'moment', required: true, meaning: 'when they answered' },
    contact_id: { type: 'text', meaning: 'who answered' },
    theme: { type: 'text', meaning: 'what the answer is about' },
    closed_loop_at: { type: 'moment', meaning: 'when somebody got back to them' },
  },
  known: (asOf) => `responded_at < CAST(${asOf} AS TIMESTAMP)`,
  freshBy: 'responded_at',
  freshnessDays: 30,
  checks: [
    {
      id: 'score_out_of_range',
      column: 'score',
      severity: 'broken',
      offends:
        "(kind = 'nps' AND (score < 0 OR score > 10)) OR (kind = 'csat' AND (score < 1 OR score > 5))",
      found: 'a score out of range',
      expected: 'nps from 0 to 10, csat from 1 to 5',
      fix: 'Map score with an expression that brings it to that range.',
    },
  ],
  features: {
    nps_responses_180d: 'count',
    nps_promoters_180d: 'count',
    nps_detractors_180d: 'count',
    nps_detractors_open: 'count',
    csat_180d: 'number',
    csat_count_180d: 'count',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(kind = 'nps') AS nps_responses_180d,
      count_if(kind = 'nps' AND score >= 9) AS nps_promoters_180d,
      count_if(kind = 'nps' AND score <= 6) AS nps_detractors_180d,
      count_if(kind = 'nps' AND score <= 6
        AND coalesce(closed_loop_at >= CAST(${daysAgo(0)} AS TIMESTAMP), true))
        AS nps_detractors_open,
      ${sqlMean('score', `kind = 'csat'`)} AS csat_180d,
      count_if(kind = 'csat') AS csat_count_180d
    FROM ${rows}
    WHERE responded_at >= CAST(${daysAgo(180)} AS TIMESTAMP)
    GROUP BY account_id`,
});
