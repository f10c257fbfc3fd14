import { defineSource } from './source.ts';
import { sqlEarliestText, sqlMean } from './sql.ts';

/** What they want to reach with the product, in figures, and how far they are. */
export const successPlans = defineSource({
  id: 'success_plans',
  grain: 'one row per objective',
  required: false,
  key: ['objective_id'],
  columns: {
    objective_id: { type: 'text', required: true, meaning: 'stable id of the objective' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account whose objective it is',
    },
    outcome: { type: 'text', required: true, meaning: 'what is to be reached, in words' },
    target: { type: 'number', required: true, meaning: 'the figure to reach, above zero' },
    actual: { type: 'number', meaning: 'the figure reached so far; more is better' },
    unit: { type: 'text', meaning: 'unit of target and actual' },
    due_on: { type: 'day', meaning: 'day by which it is to be reached' },
    status: {
      type: 'text',
      oneOf: ['open', 'met', 'missed', 'dropped'],
      meaning: 'what was agreed about it; where empty, the figures decide',
    },
    reviewed_on: { type: 'day', meaning: 'day it was last gone through with the customer' },
  },
  known: () => 'true',
  checks: [
    {
      id: 'target_not_positive',
      column: 'target',
      severity: 'warning',
      offends: 'target <= 0',
      found: 'a target that is not above zero',
      expected: 'a target above zero',
      fix: 'State it as something to gain; until then such objectives go by their status alone.',
    },
  ],
  features: {
    objectives: 'count',
    objectives_measured: 'count',
    objectives_met: 'count',
    objectives_missed: 'count',
    outcome_progress: 'number',
    missed_objective: 'text',
    missed_objective_on: 'day',
    plan_reviewed_on: 'day',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count_if(agreed) AS objectives,
      count_if(agreed AND progress IS NOT NULL) AS objectives_measured,
      count_if(agreed AND met) AS objectives_met,
      count_if(agreed AND missed) AS objectives_missed,
      ${sqlMean('progress', 'agreed')} AS outcome_progress,
      ${sqlEarliestText('due_on', 'outcome', 'agreed AND missed')} AS missed_objective,
      min(due_on) FILTER (WHERE agreed AND missed) AS missed_objective_on,
      max(reviewed_on) FILTER (WHERE reviewed_on < ${daysAgo(0)}) AS plan_reviewed_on
    FROM (
      SELECT account_id, outcome, due_on, reviewed_on, met, status <> 'dropped' AS agreed,
        CASE WHEN met THEN 1E0 ELSE reached END AS progress,
        status = 'missed' OR (NOT met AND coalesce(due_on < ${daysAgo(0)}, false)) AS missed
      FROM (
        SELECT account_id, outcome, due_on, reviewed_on, reached, status,
          status = 'met' OR (status = 'open' AND coalesce(reached >= 1, false)) AS met
        FROM (
          SELECT account_id, outcome, due_on, reviewed_on, coalesce(status, 'open') AS status,
            CASE WHEN target <= 0 OR actual IS NULL THEN NULL WHEN actual <= 0 THEN 0E0
              WHEN actual >= target THEN 1E0 ELSE actual / NULLIF(target, 0E0) END AS reached
          FROM ${rows}
        ) figures
      ) judged
    ) objectives
    GROUP BY account_id`,
});
