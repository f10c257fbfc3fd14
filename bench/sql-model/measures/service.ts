import { type SqlMeasure, tooNew } from '../sql-measure.ts';

const npsScore = '100E0 * (nps_promoters_180d - nps_detractors_180d) / nps_responses_180d';

const nps: SqlMeasure = {
  value: `CASE WHEN nps_responses_180d > 0 THEN ${npsScore} END`,
  evidence: `'NPS ' || whole(${npsScore}) || ' over ' || counted(nps_responses_180d, 'response')
    || ' in 180 days'`,
  reason: `'no NPS response in 180 days'`,
};

const csat: SqlMeasure = {
  value: 'csat_180d',
  evidence: `one_decimal(csat_180d) || ' of 5 over ' || counted(csat_count_180d, 'response')
    || ' in 180 days'`,
  reason: `'no CSAT response in 180 days'`,
};

const openDetractors: SqlMeasure = {
  value: `CASE WHEN nps_responses_180d = 0 THEN NULL WHEN nps_detractors_180d = 0 THEN 0E0
    ELSE CAST(nps_detractors_open AS DOUBLE) END`,
  evidence: `CASE WHEN nps_detractors_180d = 0 THEN 'no detractor in 180 days'
    WHEN nps_detractors_open = 0 THEN counted(nps_detractors_180d, 'detractor') || ', answered'
    ELSE nps_detractors_open || ' of ' || counted(nps_detractors_180d, 'detractor')
      || ' not yet answered' END`,
  reason: `'no NPS response in 180 days'`,
};

const advocacy: SqlMeasure = {
  value: 'CASE WHEN tenure >= 180 THEN CAST(advocacy_365d AS DOUBLE) END',
  evidence: `CASE WHEN advocacy_365d = 0 THEN 'spoke for us nowhere in 365 days'
    ELSE 'spoke for us ' || counted(advocacy_365d, 'time') || ' in 365 days' END`,
  reason: tooNew('nobody vouches before 180'),
};

const severeTickets: SqlMeasure = {
  value: `CASE WHEN severe_tickets_open > 0 OR unrated_tickets_open = 0
    THEN CAST(severe_tickets_open AS DOUBLE) END`,
  evidence: `CASE WHEN severe_tickets_open = 0 THEN 'no critical or high ticket open'
    ELSE counted(severe_tickets_open, 'critical or high ticket') || ' open' END`,
  reason: `counted(unrated_tickets_open, 'open ticket') || ' without a severity'`,
};

const supportTrend: SqlMeasure = {
  value: `CASE WHEN tenure >= 112
    THEN (tickets_opened_28d + 1) / (tickets_opened_prior_84d / 3E0 + 1) END`,
  evidence: `counted(tickets_opened_28d, 'ticket') || ' in 28 days against '
    || one_decimal(tickets_opened_prior_84d / 3E0) || ' usual'`,
  reason: tooNew('the trend needs 112'),
};

const firstResponse: SqlMeasure = {
  value: `CASE WHEN responses_due_90d > 0
    THEN CAST(responses_met_90d AS DOUBLE) / responses_due_90d END`,
  evidence: `responses_met_90d || ' of ' || responses_due_90d
    || ' first responses in time in 90 days'`,
  reason: `'no ticket with a response due in 90 days'`,
};

const ticketCsat: SqlMeasure = {
  value: 'ticket_csat_90d',
  evidence: `one_decimal(ticket_csat_90d) || ' of 5 over '
    || counted(ticket_csat_count_90d, 'rated ticket') || ' in 90 days'`,
  reason: `'no rated ticket in 90 days'`,
};

const escalations: SqlMeasure = {
  value: 'CAST(escalations_open AS DOUBLE)',
  evidence: `CASE WHEN escalations_open = 0 THEN 'no escalated ticket open'
    ELSE counted(escalations_open, 'escalated ticket') || ' open' END`,
  reason: 'NULL',
};

/** What they say of us, and what they have to ask of us. */
export const serviceMeasures = {
  nps,
  csat,
  open_detractors: openDetractors,
  advocacy,
  severe_tickets: severeTickets,
  support_trend: supportTrend,
  first_response: firstResponse,
  ticket_csat: ticketCsat,
  escalations,
};
