import type { Flag } from '../flag.ts';
import { billingOverdue } from './billing-overdue.ts';
import { budgetSignal } from './budget-signal.ts';
import { championGone } from './champion-gone.ts';
import { competitor } from './competitor.ts';
import { complianceSignal } from './compliance-signal.ts';
import { detractorOpen } from './detractor-open.ts';
import { discountWithoutPlan } from './discount-without-plan.ts';
import { noticeGiven } from './notice-given.ts';
import { onboardingStalled } from './onboarding-stalled.ts';
import { outcomeMissed } from './outcome-missed.ts';
import { overage } from './overage.ts';
import { retirementAhead } from './retirement-ahead.ts';
import { severeTicket } from './severe-ticket.ts';
import { silence } from './silence.ts';
import { sponsorGone } from './sponsor-gone.ts';
import { supportRising } from './support-rising.ts';
import { usageDecline } from './usage-decline.ts';
import { usageTrap } from './usage-trap.ts';

/** Every flag, in the order of the config and of the drivers that a play may name. */
export const flags: readonly Flag[] = [
  noticeGiven,
  usageDecline,
  usageTrap,
  outcomeMissed,
  onboardingStalled,
  silence,
  championGone,
  sponsorGone,
  supportRising,
  severeTicket,
  detractorOpen,
  retirementAhead,
  billingOverdue,
  overage,
  budgetSignal,
  discountWithoutPlan,
  competitor,
  complianceSignal,
];
