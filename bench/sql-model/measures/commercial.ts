import { type SqlMeasure, tooNew } from '../sql-measure.ts';

const arrTrend: SqlMeasure = {
  value: `CASE WHEN arr_year_ago_cents <> 0
    THEN CAST(arr_cents AS DOUBLE) / arr_year_ago_cents END`,
  evidence: `'ARR is ' || whole(CAST(arr_cents AS DOUBLE) / arr_year_ago_cents * 100)
    || ' % of a year ago'`,
  reason: `'no contract a year ago'`,
};

const discountDepth: SqlMeasure = {
  value: 'deepest_discount_pct',
  evidence: `'deepest discount ' || whole(deepest_discount_pct) || ' %'`,
  reason: `'no discount recorded on a live contract'`,
};

const overdueInvoices: SqlMeasure = {
  value: `CASE WHEN oldest_overdue_on IS NOT NULL
      THEN CAST(as_of_day - oldest_overdue_on AS DOUBLE)
    WHEN invoices_due_365d > 0 THEN 0E0 END`,
  evidence: `CASE WHEN oldest_overdue_on IS NULL
    THEN 'nothing overdue, ' || counted(invoices_due_365d, 'invoice') || ' due in 365 days'
    ELSE counted(invoices_overdue, 'invoice') || ' overdue, the oldest for '
      || counted(as_of_day - oldest_overdue_on, 'day') END`,
  reason: `'no invoice due in 365 days'`,
};

const commitmentFit: SqlMeasure = {
  value: 'CASE WHEN entitlement_use IS NOT NULL THEN least(1E0, entitlement_use) END',
  evidence: `whole(entitlement_use * 100) || ' % of '
    || grouped(CAST(round(coalesce(entitlement_committed, 0)) AS BIGINT)) || ' '
    || left(coalesce(entitlement_metric, ''), 40) || ' used'`,
  reason: `'no commitment running'`,
};

const milestonesOnTime: SqlMeasure = {
  value: `CASE WHEN milestones_planned > 0 AND milestones_due > 0
    THEN CAST(milestones_on_time AS DOUBLE) / milestones_due END`,
  evidence: `milestones_on_time || ' of ' || counted(milestones_due, 'onboarding milestone')
    || ' reached on time'`,
  reason: `CASE WHEN milestones_planned = 0 THEN 'no onboarding milestone planned'
    ELSE counted(milestones_planned, 'onboarding milestone') || ' planned, none due yet' END`,
};

const milestonesOverdue: SqlMeasure = {
  value: 'CASE WHEN milestones_planned > 0 THEN CAST(milestones_overdue AS DOUBLE) END',
  evidence: `CASE WHEN milestones_overdue = 0
    THEN milestones_done || ' of ' || counted(milestones_planned, 'onboarding milestone')
      || ' reached, none overdue'
    ELSE counted(milestones_overdue, 'onboarding milestone') || ' overdue'
      || coalesce(', "' || left(overdue_milestone, 40) || '" for '
        || counted(as_of_day - overdue_milestone_on, 'day'), '') END`,
  reason: `'no onboarding milestone planned'`,
};

const trainingRecent: SqlMeasure = {
  value: `CASE WHEN completions_365d > 0 OR tenure >= 30 THEN CAST(completions_365d AS DOUBLE) END`,
  evidence: `CASE WHEN completions_365d > 0
      THEN counted(completions_365d, 'course') || ' completed in 365 days'
    WHEN last_completion_on IS NULL
      THEN 'no course ever completed in ' || counted(tenure, 'day') || ' as a customer'
    ELSE 'no course completed in 365 days, the last on ' || last_completion_on END`,
  reason: tooNew('nobody has completed a course yet'),
};

const adminTrained: SqlMeasure = {
  value: `CASE WHEN admin_completions_365d > 0 OR tenure >= 30
    THEN CAST(admin_completions_365d AS DOUBLE) END`,
  evidence: `CASE WHEN admin_completions_365d > 0 THEN CAST(admin_completions_365d AS VARCHAR)
    ELSE 'none' END || ' of ' || counted(completions_365d, 'course')
    || ' in 365 days completed by an admin'`,
  reason: tooNew('no admin has completed a course yet'),
};

/** What they pay, and how they were brought in. */
export const commercialMeasures = {
  arr_trend: arrTrend,
  discount_depth: discountDepth,
  overdue_invoices: overdueInvoices,
  commitment_fit: commitmentFit,
  milestones_on_time: milestonesOnTime,
  milestones_overdue: milestonesOverdue,
  training_recent: trainingRecent,
  admin_trained: adminTrained,
};
