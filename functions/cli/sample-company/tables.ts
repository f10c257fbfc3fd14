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
import type { SampleTable } from './sample-table.ts';
import { signals } from './signals.ts';
import { successPlans } from './success-plans.ts';
import { supportTickets } from './support-tickets.ts';
import { surveyResponses } from './survey-responses.ts';
import { teamMembers } from './team-members.ts';
import { touchpoints } from './touchpoints.ts';
import { usageDaily } from './usage-daily.ts';

/** Made of the stretches that usage_daily stages. Another source is another name in one of the two. */
export const usageTables: readonly SampleTable[] = [usageDaily, featureUsage];

/** All the others, each told from the stories. */
export const tables: readonly SampleTable[] = [
  accounts,
  contracts,
  supportTickets,
  surveyResponses,
  entitlements,
  invoices,
  contacts,
  touchpoints,
  onboardingMilestones,
  successPlans,
  opportunities,
  renewalSteps,
  plays,
  enablement,
  signals,
  advocacy,
  releases,
  interviews,
  overrides,
  teamMembers,
  fxRates,
];
