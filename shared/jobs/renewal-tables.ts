import { entitlementStatus } from '../publish/entitlement-tables.ts';
import { renewalEvents } from '../publish/event-tables.ts';
import { outboxMessages } from '../publish/outbox-tables.ts';
import {
  forecastAccuracy,
  forecastSnapshots,
  forecastWalk,
  renewalFindings,
  renewalForecast,
  renewalMilestones,
  renewalRates,
  renewalReadiness,
  renewalRollups,
  renewals,
} from '../publish/renewal-tables.ts';

/** What track-renewals publishes. */
export const renewalTables = {
  renewals,
  renewalMilestones,
  renewalReadiness,
  renewalForecast,
  renewalRollups,
  forecastWalk,
  forecastSnapshots,
  forecastAccuracy,
  renewalRates,
  renewalFindings,
  entitlementStatus,
  outboxMessages,
  renewalEvents,
};
