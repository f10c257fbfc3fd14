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

# Who is sent the weekly summary. Nothing leaves this machine: mails are files under outbox/.
reports:
  weekly_summary:
    recipients:
      - { address: ana.duarte@harbourline.example, name: Ana Duarte }
  focus:
    lever: Onboarding on time
    owner: lena.fischer@harbourline.example
    measure: milestones_on_time
    since: 2026-09-01
    from_points: 55
    target_points: 80

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
