import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { riskField } from '../../../shared/config/risk.ts';
import { type FlagId, flagIds } from '../../../shared/config/risk-flags.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import {
  clear,
  type FlagContext,
  raised,
  type Signal,
  unknown,
} from '../../../shared/risk/flag.ts';
import { flags } from '../../../shared/risk/flags/index.ts';
import { playDrivers } from '../../../shared/sources/plays.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { sinceEver } from '../../kit/scorer.ts';

const calm: FlagContext = {
  policy: riskField.parse({}).flags,
  currency: 'USD',
  isOpen: false,
  band: 'green',
  pointsOf: () => 100,
  expectsOutcomes: true,
  touchDays: 30,
  since: sinceEver,
  stage: 'adopting',
};
const open: Partial<FlagContext> = { isOpen: true };
const renewing: Partial<FlagContext> = { stage: 'renewing' };

const sessions = (recent: number, usual: number): Partial<AccountRow> =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, week) => [`sessionsWeek${week + 1}`, week < 4 ? recent : usual]),
  );
const day = toDay;

type Case = [
  label: string,
  account: Partial<AccountRow>,
  context: Partial<FlagContext>,
  signal: Signal,
];

const cases: Record<FlagId, Case[]> = {
  notice_given: [
    [
      'on everything',
      {
        ...{ arrUnderNoticeCents: 24_000_000, nextDecisionOn: null },
        noticeEndsOn: day('2027-01-31'),
      },
      {},
      raised('critical', 'Notice given on all ARR, $240K, the first of it ends on 2027-01-31'),
    ],
    [
      'on a part',
      { arrUnderNoticeCents: 8_000_000 },
      {},
      raised('high', 'Notice given on $80K of $240K ARR; the rest is next decided on 2027-04-02'),
    ],
    [
      'on a part, the rest with nothing to decide',
      { arrUnderNoticeCents: 8_000_000, nextDecisionOn: null },
      renewing,
      raised('high', 'Notice given on $80K of $240K ARR'),
    ],
    ['taken back', { arrUnderNoticeCents: 0 }, open, clear],
  ],
  usage_decline: [
    [
      'fell by more than half',
      sessions(61, 140),
      {},
      raised('high', 'Sessions fell to 61 a week against 140 usual (−56 %)'),
    ],
    [
      'at the step',
      sessions(1400, 2000),
      {},
      raised('medium', 'Sessions fell to 1,400 a week against 2,000 usual (−30 %)'),
    ],
    ['above the step', sessions(71, 100), {}, clear],
    [
      'open, not back yet',
      sessions(79, 100),
      open,
      raised('medium', 'Sessions fell to 79 a week against 100 usual (−21 %)'),
    ],
    ['open, back where it clears', sessions(80, 100), open, clear],
    [
      'stopped',
      sessions(0, 1000),
      {},
      raised('critical', 'No sessions in 28 days, 8,000 in the 8 weeks before'),
    ],
    ['never used', sessions(0, 0), {}, raised('critical', 'No sessions in 12 weeks')],
    [
      'never used, for as long as they are customers',
      { ...sessions(0, 0), customerSince: day('2026-09-20') },
      {},
      raised('critical', 'No sessions in 9 weeks'),
    ],
    [
      'never used, for as long as it is recorded',
      sessions(0, 0),
      { since: () => day('2026-09-27') },
      raised('critical', 'No sessions in 8 weeks'),
    ],
    [
      'hardly used, then not at all',
      { ...sessions(0, 0), sessionsWeek12: 7 },
      {},
      raised('critical', 'No sessions in 28 days, 7 in the 8 weeks before'),
    ],
    [
      'weeks before the feed are not compared',
      {
        ...sessions(100, 100),
        ...Object.fromEntries([9, 10, 11, 12].map((n) => [`sessionsWeek${n}`, 999])),
      },
      { since: () => day('2026-09-27') },
      clear,
    ],
    [
      'the feed too young by a day',
      sessions(0, 100),
      { since: () => day('2026-09-28') },
      unknown('usage_daily goes back 55 days; the trend needs 56'),
    ],
    ['begun after weeks without any', sessions(10, 0), {}, clear],
    ['too few to fall', sessions(5, 19), {}, clear],
    ['just enough to fall', sessions(5, 20), {}, raised('high', expect.any(String))],
    ['too few, but open', sessions(5, 19), open, raised('high', expect.any(String))],
    [
      'not recorded of late is not silence',
      { ...sessions(0, 500), sessionsKnown28d: 0 },
      {},
      unknown('no sessions recorded on days that are'),
    ],
    [
      'too new',
      { ...sessions(0, 0), customerSince: day('2026-09-28') },
      {},
      unknown('customer for less than 56 days'),
    ],
    [
      'old enough by a day',
      { ...sessions(0, 100), customerSince: day('2026-09-27') },
      {},
      raised('critical', expect.any(String)),
    ],
  ],
  usage_trap: [
    [
      'much use, few outcomes',
      { outcomeProgress: 0.4 },
      { pointsOf: (measure) => (measure === 'seat_use' ? 60 : 90) },
      raised('medium', 'Use is worth 75 of 100 points, but agreed outcomes stand at 40 %'),
    ],
    ['at the step', { outcomeProgress: 0.5 }, {}, raised('medium', expect.any(String))],
    ['above the step', { outcomeProgress: 0.51 }, {}, clear],
    ['open, not there yet', { outcomeProgress: 0.59 }, open, raised('medium', expect.any(String))],
    ['open, there', { outcomeProgress: 0.6 }, open, clear],
    ['hardly any outcome', { outcomeProgress: 0.2 }, {}, raised('high', expect.any(String))],
    ['little use is no trap', { outcomeProgress: 0 }, { pointsOf: () => 69 }, clear],
    [
      'open, use a little less',
      { outcomeProgress: 0 },
      { ...open, pointsOf: () => 60 },
      raised('high', expect.any(String)),
    ],
    ['open, use gone', { outcomeProgress: 0 }, { ...open, pointsOf: () => 59 }, clear],
    [
      'one of the two is enough',
      { outcomeProgress: 0 },
      { pointsOf: (measure) => (measure === 'seat_use' ? 80 : null) },
      raised('high', expect.any(String)),
    ],
    [
      'use not known',
      { outcomeProgress: 0 },
      { pointsOf: () => null },
      unknown('neither usage_trend nor seat_use is known'),
    ],
    [
      'expected and none agreed',
      { objectives: 0, outcomeProgress: null },
      {},
      raised('medium', 'Use is worth 100 of 100 points, but no outcome has been agreed'),
    ],
    [
      'expected and none measured',
      { outcomeProgress: null },
      {},
      raised('medium', 'Use is worth 100 of 100 points, but no agreed outcome is measured'),
    ],
    [
      'not expected, none agreed',
      { objectives: 0, outcomeProgress: null },
      { expectsOutcomes: false },
      clear,
    ],
    [
      'not expected, agreed, none measured',
      { outcomeProgress: null },
      { expectsOutcomes: false },
      unknown('no objective has been measured'),
    ],
    ['too early to ask', { outcomeProgress: 0 }, { stage: 'onboarding' }, clear],
  ],
  outcome_missed: [
    [
      'for two weeks',
      {
        ...{ objectivesMissed: 1, missedObjective: 'Cut\u202e backlog', outcomeProgress: 0.62 },
        missedObjectiveOn: day('2026-11-08'),
      },
      {},
      raised('medium', '“Cut backlog” was due 14 days ago; agreed outcomes stand at 62 %'),
    ],
    ['for thirteen days', { objectivesMissed: 1, missedObjectiveOn: day('2026-11-09') }, {}, clear],
    [
      'for thirteen days, open, nothing measured',
      {
        ...{ objectivesMissed: 2, missedObjective: 'x', outcomeProgress: null },
        missedObjectiveOn: day('2026-11-09'),
      },
      open,
      raised('medium', '“x” was due 13 days ago (2 objectives missed in all)'),
    ],
    ['open and met', {}, open, clear],
    [
      'for a quarter',
      { objectivesMissed: 1, missedObjectiveOn: day('2026-08-24'), outcomeProgress: 0.79 },
      {},
      raised('high', 'An objective was due 90 days ago; agreed outcomes stand at 79 %'),
    ],
    [
      'before the renewal',
      { objectivesMissed: 1, missedObjectiveOn: day('2026-11-08'), outcomeProgress: 0.5 },
      renewing,
      raised(
        'high',
        'An objective was due 14 days ago; agreed outcomes stand at 50 %, with the renewal ahead',
      ),
    ],
    [
      'for a quarter, before the renewal, but nearly reached',
      { objectivesMissed: 1, missedObjectiveOn: day('2026-08-24'), outcomeProgress: 0.8 },
      renewing,
      raised('low', 'An objective was due 90 days ago; agreed outcomes stand at 80 %'),
    ],
    [
      'given up, without a date',
      { objectivesMissed: 1, missedObjective: 'x', outcomeProgress: 0 },
      {},
      raised('medium', '“x” has been given up; agreed outcomes stand at 0 %'),
    ],
    [
      'given up ahead of its date',
      {
        ...{ objectivesMissed: 1, missedObjective: 'x', outcomeProgress: null },
        missedObjectiveOn: day('2027-01-01'),
      },
      {},
      raised('medium', '“x” has been given up'),
    ],
  ],
  onboarding_stalled: [
    [
      'for a week',
      {
        ...{ customerSince: day('2026-10-01'), overdueMilestone: 'Data imported' },
        ...{ overdueMilestoneOn: day('2026-11-15'), milestonesDone: 2 },
      },
      {},
      raised('medium', '“Data imported” is 7 days overdue (2 of 6 milestones reached)'),
    ],
    [
      'for six days',
      { customerSince: day('2026-10-01'), overdueMilestoneOn: day('2026-11-16') },
      {},
      clear,
    ],
    [
      'for four days, open',
      { customerSince: day('2026-10-01'), overdueMilestoneOn: day('2026-11-18') },
      open,
      raised('medium', expect.any(String)),
    ],
    [
      'for three days, open',
      { customerSince: day('2026-10-01'), overdueMilestoneOn: day('2026-11-19') },
      open,
      clear,
    ],
    [
      'for three weeks',
      { customerSince: null, overdueMilestoneOn: day('2026-11-01') },
      {},
      raised('high', expect.any(String)),
    ],
    ['long ago', { overdueMilestoneOn: day('2024-09-01') }, open, clear],
  ],
  silence: [
    [
      'for longer than planned',
      { lastTouchOn: day('2026-10-08'), lastContactOn: day('2026-11-20') },
      {},
      raised(
        'medium',
        'No call or meeting for 45 days, where 30 are planned; the last e-mail was 2 days ago',
      ),
    ],
    ['a day less', { lastTouchOn: day('2026-10-09') }, {}, clear],
    [
      'a day less, open',
      { lastTouchOn: day('2026-10-09'), lastContactOn: day('2026-10-09') },
      open,
      raised('medium', 'No call or meeting for 44 days, where 30 are planned'),
    ],
    ['open, talked in time', { lastTouchOn: day('2026-10-23') }, open, clear],
    ['for far longer', { lastTouchOn: day('2026-09-08') }, {}, raised('high', expect.any(String))],
    [
      'red besides',
      { lastTouchOn: day('2026-10-08') },
      { band: 'red' },
      raised('high', expect.any(String)),
    ],
    ['in a segment that talks less', { lastTouchOn: day('2026-10-08') }, { touchDays: 180 }, clear],
    [
      'never',
      { customerSince: day('2026-09-01'), lastTouchOn: null, lastContactOn: null },
      {},
      raised('high', 'No call or meeting in all 82 days as a customer, where 30 are planned'),
    ],
    [
      'nothing to count from',
      { customerSince: null, lastTouchOn: null },
      {},
      unknown('neither a talk nor a first contract is recorded'),
    ],
  ],
  champion_gone: [
    [
      'the last one',
      { championsActive: 0, championLeftOn: day('2026-11-01') },
      {},
      raised('medium', 'The last champion left on 2026-11-01 and nobody has taken over'),
    ],
    [
      'before the renewal',
      { championsActive: 0, championLeftOn: day('2026-11-01') },
      renewing,
      raised('high', expect.stringContaining(', with the renewal ahead')),
    ],
    ['one of two', { championsActive: 1, championLeftOn: day('2026-11-01') }, {}, clear],
    ['never had one', { championsActive: 0 }, {}, clear],
    ['succeeded', { championsActive: 1, championLeftOn: day('2026-11-01') }, open, clear],
    ['long ago', { championsActive: 0, championLeftOn: day('2025-11-21') }, {}, clear],
  ],
  sponsor_gone: [
    [
      'the last one, a year ago',
      { sponsorsActive: 0, sponsorLeftOn: day('2025-11-22') },
      {},
      raised('high', 'The last executive sponsor left on 2025-11-22 and nobody has taken over'),
    ],
    [
      'before the renewal',
      { sponsorsActive: 0, sponsorLeftOn: day('2026-11-01') },
      renewing,
      raised('critical', expect.any(String)),
    ],
    ['never had one', { sponsorsActive: 0 }, {}, clear],
    ['succeeded', { sponsorsActive: 1, sponsorLeftOn: day('2026-11-01') }, open, clear],
  ],
  support_rising: [
    [
      'twice the usual',
      { ticketsOpened28d: 5 },
      {},
      raised('medium', '5 tickets in 28 days against 2.0 usual'),
    ],
    ['less than twice', { ticketsOpened28d: 4 }, {}, clear],
    ['open, still more', { ticketsOpened28d: 4 }, open, raised('medium', expect.any(String))],
    ['open, half as many again', { ticketsOpened28d: 4, ticketsOpenedPrior84d: 7 }, open, clear],
    ['three times', { ticketsOpened28d: 8 }, {}, raised('high', expect.any(String))],
    ['too few to rise', { ticketsOpened28d: 3, ticketsOpenedPrior84d: 0 }, {}, clear],
    [
      'too new',
      { ticketsOpened28d: 9, customerSince: day('2026-08-03') },
      {},
      unknown('customer for less than 112 days'),
    ],
    [
      'old enough by a day',
      { ticketsOpened28d: 9, customerSince: day('2026-08-02') },
      {},
      raised('high', expect.any(String)),
    ],
    [
      'the feed too young by a day',
      { ticketsOpened28d: 9 },
      { since: () => day('2026-08-03') },
      unknown('support_tickets goes back 111 days; the trend needs 112'),
    ],
    [
      'the feed just old enough',
      { ticketsOpened28d: 9 },
      { since: () => day('2026-08-02') },
      raised('high', expect.any(String)),
    ],
  ],
  severe_ticket: [
    [
      'one high ticket',
      { severeTicketsOpen: 1 },
      {},
      raised('medium', '1 critical or high ticket open'),
    ],
    ['two', { severeTicketsOpen: 2 }, {}, raised('medium', expect.any(String))],
    ['three', { severeTicketsOpen: 3 }, {}, raised('high', expect.any(String))],
    [
      'a critical one for six days',
      { severeTicketsOpen: 1, oldestCriticalOpenedOn: day('2026-11-16') },
      {},
      raised('high', '1 critical or high ticket open, the oldest critical one for 6 days'),
    ],
    [
      'for a week',
      { severeTicketsOpen: 1, oldestCriticalOpenedOn: day('2026-11-15') },
      {},
      raised('critical', expect.any(String)),
    ],
    ['escalated', { escalationsOpen: 1 }, {}, raised('medium', '1 open ticket escalated')],
    [
      'nobody has rated it',
      { unratedTicketsOpen: 1 },
      {},
      unknown('open tickets without a severity'),
    ],
    ['closed', {}, open, clear],
  ],
  detractor_open: [
    [
      'one',
      { npsDetractorsOpen: 1, npsDetractors180d: 3 },
      {},
      raised('medium', '1 of 3 detractors of the last 180 days not yet answered'),
    ],
    [
      'two, and no other',
      { npsDetractorsOpen: 2, npsDetractors180d: 2 },
      {},
      raised('high', '2 detractors of the last 180 days not yet answered'),
    ],
    ['answered', { npsDetractors180d: 3 }, open, clear],
  ],
  retirement_ahead: [
    [
      'in a month',
      {
        ...{ retirementsAhead: 2, nextRetirementOn: day('2026-12-22') },
        nextRetiredFeature: 'Classic reports',
      },
      {},
      raised('medium', '“Classic reports” is retired in 30 days, on 2026-12-22, the first of 2'),
    ],
    ['a day later', { nextRetirementOn: day('2026-12-23') }, {}, raised('low', expect.any(String))],
    [
      'in two weeks',
      { nextRetirementOn: day('2026-12-06') },
      {},
      raised('high', expect.any(String)),
    ],
    ['far off', { nextRetirementOn: day('2027-02-21') }, {}, clear],
    [
      'put off, open',
      { nextRetirementOn: day('2027-02-21') },
      open,
      raised('low', 'A feature is retired in 91 days, on 2027-02-21'),
    ],
    ['put off for long, open', { nextRetirementOn: day('2027-03-22') }, open, clear],
  ],
  billing_overdue: [
    [
      'for a while',
      {
        ...{ invoicesOverdue: 2, overdueCents: 1_240_000 },
        oldestOverdueOn: day('2026-10-19'),
      },
      {},
      raised('medium', '2 invoices overdue, the oldest for 34 days: $12.4K'),
    ],
    [
      'one alone',
      { invoicesOverdue: 1, overdueCents: 68_800, oldestOverdueOn: day('2026-10-08') },
      {},
      raised('high', '1 invoice overdue for 45 days: $688'),
    ],
    ['for two weeks', { overdueCents: 1, oldestOverdueOn: day('2026-11-08') }, {}, clear],
    [
      'for two weeks, open',
      { overdueCents: 1, oldestOverdueOn: day('2026-11-08') },
      open,
      raised('medium', expect.any(String)),
    ],
    ['for five days, open', { overdueCents: 1, oldestOverdueOn: day('2026-11-17') }, open, clear],
    [
      'for a quarter',
      { overdueCents: 1, oldestOverdueOn: day('2026-08-24') },
      {},
      raised('critical', expect.any(String)),
    ],
    ['paid', {}, open, clear],
  ],
  overage: [
    [
      'a third over',
      { entitlementUse: 1.3, entitlementUsed: 1_300_000 },
      {},
      raised(
        'high',
        '1,300,000 of 1,000,000 committed API calls used (130 %); the period ends on 2027-07-01',
      ),
    ],
    ['a tenth over', { entitlementUse: 1.1 }, {}, raised('medium', expect.any(String))],
    ['less', { entitlementUse: 1.09 }, {}, clear],
    ['less, open', { entitlementUse: 1.01 }, open, raised('medium', expect.any(String))],
    ['as committed, open', { entitlementUse: 1 }, open, clear],
    ['nothing committed', { entitlementUse: null }, {}, clear],
  ],
  budget_signal: [
    [
      'heard',
      { budgetOn: day('2026-11-10'), budgetNote: 'CFO asks for\u202e 20 % less' },
      {},
      raised('medium', 'Budget pressure heard of 12 days ago: “CFO asks for 20 % less”'),
    ],
    [
      'before the renewal',
      { budgetOn: day('2026-11-10') },
      renewing,
      raised('high', 'Budget pressure heard of 12 days ago, with the renewal ahead'),
    ],
    ['long ago', { budgetOn: day('2026-09-22') }, {}, clear],
  ],
  discount_without_plan: [
    [
      'once',
      { concessionsWithoutPlan180d: 1, latestConcessionOn: day('2026-10-01') },
      {},
      raised('medium', '1 concession in 180 days without a success plan, the latest on 2026-10-01'),
    ],
    ['twice', { concessionsWithoutPlan180d: 2 }, {}, raised('high', expect.any(String))],
    ['bound to a plan', {}, open, clear],
  ],
  competitor: [
    [
      'just fresh',
      { competitorOn: day('2026-09-23') },
      {},
      raised('high', 'A competitor heard of 60 days ago'),
    ],
    ['no longer fresh', { competitorOn: day('2026-09-22') }, {}, clear],
    [
      'no longer fresh, open',
      { competitorOn: day('2026-08-24') },
      open,
      raised('high', expect.any(String)),
    ],
    ['old, open', { competitorOn: day('2026-08-23') }, open, clear],
    [
      'before the renewal',
      { competitorOn: day('2026-11-10') },
      renewing,
      raised('critical', expect.any(String)),
    ],
  ],
  compliance_signal: [
    [
      'heard',
      { complianceOn: day('2026-11-21'), complianceNote: 'SOC 2 wanted' },
      {},
      raised('high', 'A compliance or security concern heard of 1 day ago: “SOC 2 wanted”'),
    ],
    ['nothing heard', {}, open, clear],
  ],
};

const flagOf = (id: FlagId) => {
  const flag = flags.find((one) => one.id === id);
  if (flag === undefined) throw new Error(`no flag ${id}`);
  return flag;
};

describe.each(flagIds)('%s', (id) => {
  test.each(cases[id])('%s', (_, account, context, signal) => {
    expect(flagOf(id).judge({ ...healthyAccount, ...account }, { ...calm, ...context })).toEqual(
      signal,
    );
  });

  test.each([false, true])('a healthy account raises nothing (open before: %s)', (isOpen) => {
    expect(flagOf(id).judge(healthyAccount, { ...calm, isOpen })).toBe(clear);
  });

  test('is tried raised and clear', () => {
    const tried = new Set(cases[id].map(([, , , { status }]) => status));
    expect([...tried]).toEqual(expect.arrayContaining(['raised', 'clear']));
  });
});

test('flags stand in one order: here, in the config, and in the bits of the plays', () => {
  const order = flags.map((flag) => flag.id);
  const categories = new Set(flags.map(({ category }) => category));
  expect(order).toEqual(flagIds);
  expect(playDrivers.slice(0, flagIds.length)).toEqual(flagIds);
  expect(new Set(playDrivers.slice(flagIds.length))).toEqual(categories);
});
