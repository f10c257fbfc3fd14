import type { MeasureId } from '../../config/default-model.ts';
import type { Measure } from '../measure.ts';
import { activeDays } from './active-days.ts';
import { arrTrend } from './arr-trend.ts';
import { csat } from './csat.ts';
import { discountDepth } from './discount-depth.ts';
import { featureDepth } from './feature-depth.ts';
import { firstResponse } from './first-response.ts';
import { nps } from './nps.ts';
import { openDetractors } from './open-detractors.ts';
import { seatUse } from './seat-use.ts';
import { severeTickets } from './severe-tickets.ts';
import { supportTrend } from './support-trend.ts';
import { ticketCsat } from './ticket-csat.ts';
import { usageTrend } from './usage-trend.ts';

/** Every measure, under the id by which the model in the config weighs it. */
export const measures: Readonly<Record<MeasureId, Measure>> = {
  usage_trend: usageTrend,
  active_days: activeDays,
  seat_use: seatUse,
  feature_depth: featureDepth,
  severe_tickets: severeTickets,
  support_trend: supportTrend,
  first_response: firstResponse,
  ticket_csat: ticketCsat,
  nps,
  csat,
  open_detractors: openDetractors,
  arr_trend: arrTrend,
  discount_depth: discountDepth,
};
