import { silentSource } from './sample-company/stories.ts';

/** The configuration of the sample company: all a warehouse with Holdfast's own names needs. */
export const sampleConfig = `# The sample company of "holdfast demo".
# All that must be said for a warehouse whose columns are named as Holdfast names them;
# docs/configuration.md tells of everything else that can be.
company: Harbourline Software
time_zone: Europe/London
currency:
  reporting: USD
  rates: { EUR: 1.08, GBP: 1.27 }

warehouse:
  kind: duckdb
  path: warehouse

sources:
  accounts: { table: accounts }
  contracts: { table: contracts }
  usage_daily: { table: usage_daily }
  support_tickets: { table: support_tickets }
  survey_responses: { table: survey_responses }
  feature_usage: { table: feature_usage }
  entitlements: { table: entitlements }
  invoices: { table: invoices }
  contacts: { table: contacts }
  touchpoints: { table: touchpoints }
  onboarding_milestones: { table: onboarding_milestones }
  success_plans: { table: success_plans }
  opportunities: { table: opportunities }
  renewal_steps: { table: renewal_steps }
  plays: { table: plays }
  enablement: { table: enablement }
  signals: { table: signals }
  # This feed stopped months ago: a run that is degraded says so, and goes on without it.
  advocacy: { table: advocacy, freshness_days: ${silentSource.freshnessDays} }
  releases: { table: releases }
  interviews: { table: interviews }
  overrides: { table: overrides }
  team: { table: team }
  fx_rates: { table: fx_rates }
`;
