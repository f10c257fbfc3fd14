import { accounts } from './accounts.ts';
import { advocacy } from './advocacy.ts';
import { contacts } from './contacts.ts';
import { contracts } from './contracts.ts';
import { enablement } from './enablement.ts';
import { entitlements } from './entitlements.ts';
import { featureUsage } from './feature-usage.ts';
import { fxRates } from './fx-rates.ts';
import { interviews } from './interviews.ts';
import { invoices } from './invoices.ts';
import { onboardingMilestones } from './onboarding-milestones.ts';
import { opportunities } from './opportunities.ts';
import { overrides } from './overrides.ts';
import { plays } from './plays.ts';
import { releases } from './releases.ts';
import { renewalSteps } from './renewal-steps.ts';
import { signals } from './signals.ts';
import type { Source } from './source.ts';
import { successPlans } from './success-plans.ts';
import { supportTickets } from './support-tickets.ts';
import { surveyResponses } from './survey-responses.ts';
import { team } from './team.ts';
import { touchpoints } from './touchpoints.ts';
import { usageDaily } from './usage-daily.ts';

/** Every source Holdfast knows, accounts first. A new one is a file beside these and a line here. */
export const sources = {
  accounts,
  contracts,
  usage_daily: usageDaily,
  feature_usage: featureUsage,
  entitlements,
  support_tickets: supportTickets,
  survey_responses: surveyResponses,
  invoices,
  contacts,
  touchpoints,
  onboarding_milestones: onboardingMilestones,
  success_plans: successPlans,
  opportunities,
  renewal_steps: renewalSteps,
  plays,
  enablement,
  signals,
  advocacy,
  releases,
  interviews,
  overrides,
  team,
  fx_rates: fxRates,
} as const;

export type SourceId = keyof typeof sources;

export const sourceIds = Object.keys(sources) as SourceId[];

/** The same registry for code that treats all sources alike. */
export const sourceOf = (id: SourceId): Source => sources[id] as unknown as Source;

/** `usage_daily.sessions`: how a rule names what it needs. */
export type SourceColumn = {
  [Id in SourceId]: `${Id}.${keyof (typeof sources)[Id]['columns'] & string}`;
}[SourceId];
