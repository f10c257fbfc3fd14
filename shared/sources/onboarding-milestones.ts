import { defineSource } from './source.ts';
import { sqlEarliestText } from './sql.ts';

/** The steps to first value, and whether they are taken in time. */
export const onboardingMilestones = defineSource({
  id: 'onboarding_milestones',
  grain: 'one row per account and milestone',
  required: false,
  key: ['account_id', 'milestone'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    milestone: { type: 'text', required: true, meaning: 'name of the milestone' },
    due_on: { type: 'day', required: true, meaning: 'day by which it is to be reached' },
    completed_on: { type: 'day', meaning: 'day it was reached; empty while it is not' },
  },
  known: () => 'true',
  features: {
    milestones_planned: 'count',
    milestones_done: 'count',
    milestones_due: 'count',
    milestones_on_time: 'count',
    milestones_overdue: 'count',
    overdue_milestone: 'text',
    overdue_milestone_on: 'day',
  },
  // What is due on as_of, or reached on it or later, is for tomorrow.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      count(*) AS milestones_planned,
      count_if(done) AS milestones_done,
      count_if(due) AS milestones_due,
      count_if(due AND done AND completed_on <= due_on) AS milestones_on_time,
      count_if(due AND NOT done) AS milestones_overdue,
      ${sqlEarliestText('due_on', 'milestone', 'due AND NOT done')} AS overdue_milestone,
      min(due_on) FILTER (WHERE due AND NOT done) AS overdue_milestone_on
    FROM (
      SELECT account_id, milestone, due_on, completed_on,
        due_on < ${daysAgo(0)} AS due,
        coalesce(completed_on < ${daysAgo(0)}, false) AS done
      FROM ${rows}
    ) milestones
    GROUP BY account_id`,
});
