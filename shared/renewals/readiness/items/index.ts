import type { ReadinessItem } from '../item.ts';
import { ebrHeld } from './ebr-held.ts';
import { legalReview } from './legal-review.ts';
import { npsLoop } from './nps-loop.ts';
import { outcomeRecap } from './outcome-recap.ts';
import { overdueInvoices } from './overdue-invoices.ts';
import { pricingReview } from './pricing-review.ts';
import { severeTickets } from './severe-tickets.ts';
import { sponsorInPlace } from './sponsor-in-place.ts';
import { usageBenchmark } from './usage-benchmark.ts';
import { valueReview } from './value-review.ts';

/** Every item, in the order of the config. */
export const readinessItems: readonly ReadinessItem[] = [
  usageBenchmark,
  sponsorInPlace,
  valueReview,
  outcomeRecap,
  ebrHeld,
  npsLoop,
  pricingReview,
  severeTickets,
  legalReview,
  overdueInvoices,
];
