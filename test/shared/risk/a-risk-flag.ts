import { toDay } from '../../../shared/basics/day.ts';
import type { RiskFlag } from '../../../shared/risk/triage.ts';

/** A flag as triage gives it; a test spreads it and changes what it is about. */
export const aRiskFlag: RiskFlag = {
  accountId: 'A-1',
  name: 'Meridian Retail',
  segment: 'enterprise',
  ownerEmail: 'l.fischer@harbourline.example',
  flag: 'usage_decline',
  category: 'value_gap',
  state: 'new',
  severity: 'medium',
  peakSeverity: 'medium',
  raisedOn: toDay('2026-11-22'),
  firstRaisedOn: toDay('2026-11-22'),
  clearedOn: null,
  clearedBecause: null,
  daysOpen: 0,
  episodes: 1,
  evidence: 'Sessions fell to 61 a week against 140 usual (−56 %)',
  unconfirmed: null,
  arrCents: 24_000_000,
  currency: 'USD',
  play: 'usage_recovery',
  playName: 'Usage recovery',
  actions: '1. Ask',
  playOwnerEmail: 'l.fischer@harbourline.example',
  playOwnerReason: null,
  dueOn: toDay('2026-12-06'),
  quietBecause: null,
};
