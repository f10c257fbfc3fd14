import { carePlays } from './care-plays.ts';
import type { MeasureId } from './default-model.ts';
import type { playOwners } from './plays.ts';
import { rescuePlays } from './rescue-plays.ts';
import type { Severity } from './risk-fields.ts';
import type { FlagId } from './risk-flags.ts';

/** A play as the defaults have it. */
export interface PlayDefaults {
  readonly name: string;
  readonly actions: readonly string[];
  readonly owner: (typeof playOwners)[number];
  /** Calendar days by severity; what is left out has the default of the schema. */
  readonly due_days?: Partial<Record<Severity, number>>;
}

/** What to do when holdfast.yaml says nothing. */
export const defaultPlays = { ...rescuePlays, ...carePlays };

type PlayId = keyof typeof defaultPlays;

/** A flag without a play would only be bad news. */
export const defaultPlayOfFlag = {
  notice_given: 'save',
  usage_decline: 'usage_recovery',
  usage_trap: 'outcome_reset',
  outcome_missed: 'outcome_reset',
  onboarding_stalled: 'onboarding_rescue',
  silence: 're_engagement',
  champion_gone: 'champion_rebuild',
  sponsor_gone: 'executive_outreach',
  support_rising: 'support_remediation',
  severe_ticket: 'support_remediation',
  detractor_open: 'detractor_follow_up',
  retirement_ahead: 'feature_migration',
  billing_overdue: 'billing_resolution',
  overage: 'right_sizing',
  budget_signal: 'business_case',
  discount_without_plan: 'plan_for_concession',
  competitor: 'competitive_defence',
  compliance_signal: 'compliance_review',
} as const satisfies Record<FlagId, PlayId>;

/** A measure may be the top driver of a score, and a driver without a play is only bad news. */
export const defaultPlayOfMeasure = {
  usage_trend: 'usage_recovery',
  active_days: 'usage_recovery',
  seat_use: 'seat_rollout',
  user_trend: 'usage_recovery',
  feature_depth: 'feature_adoption',
  feature_breadth: 'feature_adoption',
  team_spread: 'seat_rollout',
  outcomes_met: 'outcome_reset',
  plan_reviewed: 'outcome_reset',
  value_review: 'value_review',
  sponsor_in_place: 'executive_outreach',
  champion_in_place: 'champion_rebuild',
  contact_recency: 're_engagement',
  contact_breadth: 're_engagement',
  nps: 'detractor_follow_up',
  csat: 'detractor_follow_up',
  open_detractors: 'detractor_follow_up',
  advocacy: 'advocacy_invitation',
  severe_tickets: 'support_remediation',
  support_trend: 'support_remediation',
  first_response: 'support_remediation',
  ticket_csat: 'support_remediation',
  escalations: 'support_remediation',
  arr_trend: 'business_case',
  discount_depth: 'plan_for_concession',
  overdue_invoices: 'billing_resolution',
  commitment_fit: 'right_sizing',
  milestones_on_time: 'onboarding_rescue',
  milestones_overdue: 'onboarding_rescue',
  training_recent: 'enablement',
  admin_trained: 'enablement',
} as const satisfies Record<MeasureId, PlayId>;
