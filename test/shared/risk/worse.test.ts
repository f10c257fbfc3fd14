import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { riskField } from '../../../shared/config/risk.ts';
import { severities } from '../../../shared/config/risk-fields.ts';
import { type FlagId, flagIds } from '../../../shared/config/risk-flags.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { flags } from '../../../shared/risk/flags/index.ts';
import { severityRank } from '../../../shared/risk/severity.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { sinceEver } from '../../kit/scorer.ts';

const { asOf } = healthyAccount;
const ago = (days: number) => addDays(asOf, -1 - days);

/** For each flag an account that is the worse the higher the number, from 0 to 1000. */
const worsening: Record<FlagId, (badness: number) => Partial<AccountRow>> = {
  notice_given: (badness) => ({ arrUnderNoticeCents: 24_000 * badness }),
  usage_decline: (badness) => ({ sessionsWeek1: 1000 - badness, sessionsWeek2: 0 }),
  usage_trap: (badness) => ({ outcomeProgress: 1 - badness / 1000 }),
  outcome_missed: (badness) => ({
    objectivesMissed: 1,
    missedObjectiveOn: ago(badness),
    outcomeProgress: 1 - badness / 1000,
  }),
  onboarding_stalled: (badness) => ({
    customerSince: addDays(asOf, -300),
    overdueMilestoneOn: ago(badness),
  }),
  silence: (badness) => ({ lastTouchOn: ago(badness) }),
  champion_gone: (badness) => ({
    championLeftOn: ago(5),
    championsActive: Math.max(0, 3 - badness),
  }),
  sponsor_gone: (badness) => ({ sponsorLeftOn: ago(5), sponsorsActive: Math.max(0, 3 - badness) }),
  support_rising: (badness) => ({ ticketsOpened28d: badness }),
  severe_ticket: (badness) => ({ severeTicketsOpen: badness, unratedTicketsOpen: 0 }),
  detractor_open: (badness) => ({ npsDetractorsOpen: badness, npsDetractors180d: 1000 }),
  retirement_ahead: (badness) => ({ nextRetirementOn: addDays(asOf, 1000 - badness) }),
  billing_overdue: (badness) => ({ overdueCents: 1, oldestOverdueOn: ago(badness) }),
  overage: (badness) => ({ entitlementUse: badness / 500 }),
  budget_signal: (badness) => ({ budgetOn: ago(1000 - badness) }),
  discount_without_plan: (badness) => ({ concessionsWithoutPlan180d: badness }),
  competitor: (badness) => ({ competitorOn: ago(1000 - badness) }),
  compliance_signal: (badness) => ({ complianceOn: ago(1000 - badness) }),
};

const policy = riskField.parse({}).flags;
const asking = { expectsOutcomes: true, touchDays: 30, since: sinceEver } as const;
const context = { policy, currency: 'USD', ...asking } as const;

const badness = fc.oneof(fc.nat(30), fc.nat(1000));

test.each(flagIds)('%s: worse is never less bad, and open never less than not open', (id) => {
  const flag = flags.find((one) => one.id === id);
  const rankAt = (bad: number, isOpen: boolean): number => {
    const account = { ...healthyAccount, ...worsening[id](bad) };
    const asked = { ...context, isOpen, band: 'green', stage: 'adopting' } as const;
    const signal = flag?.judge(account, { ...asked, pointsOf: () => 100 });
    expect(signal?.status).not.toBe('unknown');
    return signal?.status === 'raised' ? severityRank[signal.severity] : severities.length;
  };
  fc.assert(
    fc.property(badness, badness, fc.boolean(), (one, other, isOpen) => {
      const [better, worse] = [Math.min(one, other), Math.max(one, other)];
      expect(rankAt(worse, isOpen)).toBeLessThanOrEqual(rankAt(better, isOpen));
      expect(rankAt(one, true)).toBeLessThanOrEqual(rankAt(one, false));
    }),
  );
  expect(rankAt(1000, false)).toBeLessThan(severities.length);
});
