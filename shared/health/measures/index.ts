import type { MeasureId } from '../../config/default-model.ts';
import type { Measure } from '../measure.ts';
import { activeDays } from './active-days.ts';
import { adminTrained } from './admin-trained.ts';
import { advocacy } from './advocacy.ts';
import { arrTrend } from './arr-trend.ts';
import { championInPlace } from './champion-in-place.ts';
import { commitmentFit } from './commitment-fit.ts';
import { contactBreadth } from './contact-breadth.ts';
import { contactRecency } from './contact-recency.ts';
import { csat } from './csat.ts';
import { discountDepth } from './discount-depth.ts';
import { escalations } from './escalations.ts';
import { featureBreadth } from './feature-breadth.ts';
import { featureDepth } from './feature-depth.ts';
import { firstResponse } from './first-response.ts';
import { milestonesOnTime } from './milestones-on-time.ts';
import { milestonesOverdue } from './milestones-overdue.ts';
import { nps } from './nps.ts';
import { openDetractors } from './open-detractors.ts';
import { outcomesMet } from './outcomes-met.ts';
import { overdueInvoices } from './overdue-invoices.ts';
import { planReviewed } from './plan-reviewed.ts';
import { seatUse } from './seat-use.ts';
import { severeTickets } from './severe-tickets.ts';
import { sponsorInPlace } from './sponsor-in-place.ts';
import { supportTrend } from './support-trend.ts';
import { teamSpread } from './team-spread.ts';
import { ticketCsat } from './ticket-csat.ts';
import { trainingRecent } from './training-recent.ts';
import { usageTrend } from './usage-trend.ts';
import { userTrend } from './user-trend.ts';
import { valueReview } from './value-review.ts';

/** Every measure, under the id by which the model in the config weighs it. */
export const measures: Readonly<Record<MeasureId, Measure>> = {
  usage_trend: usageTrend,
  active_days: activeDays,
  seat_use: seatUse,
  user_trend: userTrend,
  feature_depth: featureDepth,
  feature_breadth: featureBreadth,
  team_spread: teamSpread,
  outcomes_met: outcomesMet,
  plan_reviewed: planReviewed,
  value_review: valueReview,
  sponsor_in_place: sponsorInPlace,
  champion_in_place: championInPlace,
  contact_recency: contactRecency,
  contact_breadth: contactBreadth,
  nps,
  csat,
  open_detractors: openDetractors,
  advocacy,
  severe_tickets: severeTickets,
  support_trend: supportTrend,
  first_response: firstResponse,
  ticket_csat: ticketCsat,
  escalations,
  arr_trend: arrTrend,
  discount_depth: discountDepth,
  overdue_invoices: overdueInvoices,
  commitment_fit: commitmentFit,
  milestones_on_time: milestonesOnTime,
  milestones_overdue: milestonesOverdue,
  training_recent: trainingRecent,
  admin_trained: adminTrained,
};
