import { defineSource } from './source.ts';
import { sqlMean } from './sql.ts';

/** What went wrong for the account, how badly, and how well it was answered. */
export const supportTickets = defineSource({
  id: 'support_tickets',
  grain: 'one row per ticket',
  required: false,
  key: ['ticket_id'],
  columns: {
    ticket_id: { type: 'text', required: true, meaning: 'stable id of the ticket' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that opened it',
    },
    opened_at: { type: 'moment', required: true, meaning: 'when it was opened' },
    closed_at: { type: 'moment', meaning: 'when it was solved; empty while open' },
    severity: {
      type: 'text',
      oneOf: ['critical', 'high', 'medium', 'low'],
      wanted: true,
      meaning: 'how bad it is for the customer',
    },
    theme: { type: 'text', meaning: 'what it is about' },
    first_response_at: { type: 'moment', meaning: 'when a person first answered' },
    response_due_at: { type: 'moment', meaning: 'when the first answer was due' },
    csat: { type: 'number', range: [1, 5], meaning: 'satisfaction with the answer, 1 to 5' },
    escalated: { type: 'flag', meaning: 'escalated' },
  },
  known: (asOf) => `opened_at < CAST(${asOf} AS TIMESTAMP)`,
  freshBy: 'opened_at',
  freshnessDays: 7,
  checks: [
    {
      id: 'closed_before_opened',
      column: 'closed_at',
      severity: 'warning',
      offends: 'closed_at < opened_at',
      found: 'a close before the opening',
      expected: 'a close after the opening',
      fix: 'Correct the times; until then such tickets count as closed.',
    },
  ],
  features: {
    tickets_opened_28d: 'count',
    tickets_opened_prior_84d: 'count',
    severe_tickets_open: 'count',
    unrated_tickets_open: 'count',
    oldest_critical_opened_on: 'day',
    escalations_open: 'count',
    responses_due_90d: 'count',
    responses_met_90d: 'count',
    ticket_csat_90d: 'number',
    ticket_csat_count_90d: 'count',
  },
  // What was closed or answered on as_of or later was still open and unanswered as of that day.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(opened_on >= ${daysAgo(28)}) AS tickets_opened_28d,
      count_if(opened_on >= ${daysAgo(112)} AND opened_on < ${daysAgo(28)})
        AS tickets_opened_prior_84d,
      count_if(still_open AND severity IN ('critical', 'high')) AS severe_tickets_open,
      count_if(still_open AND severity IS NULL) AS unrated_tickets_open,
      min(opened_on) FILTER (WHERE still_open AND severity = 'critical')
        AS oldest_critical_opened_on,
      count_if(still_open AND escalated) AS escalations_open,
      count_if(opened_on >= ${daysAgo(90)} AND response_due) AS responses_due_90d,
      count_if(opened_on >= ${daysAgo(90)} AND response_due AND response_met) AS responses_met_90d,
      ${sqlMean('csat', `opened_on >= ${daysAgo(90)} AND NOT still_open`)} AS ticket_csat_90d,
      count_if(opened_on >= ${daysAgo(90)} AND NOT still_open AND csat IS NOT NULL)
        AS ticket_csat_count_90d
    FROM (
      SELECT account_id, severity, csat, escalated,
        CAST(opened_at AS DATE) AS opened_on,
        coalesce(closed_at >= CAST(${daysAgo(0)} AS TIMESTAMP), true) AS still_open,
        coalesce(response_due_at < CAST(${daysAgo(0)} AS TIMESTAMP), false) AS response_due,
        coalesce(first_response_at <= response_due_at, false) AS response_met
      FROM ${rows}
    ) tickets
    GROUP BY account_id`,
});
