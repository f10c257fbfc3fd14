import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { weeklyAsks } from '../../../shared/reports/weekly/asks.ts';
import {
  bridgeTitle,
  healthTitle,
  trendTitle,
  weeksTitle,
} from '../../../shared/reports/weekly/chart-titles.ts';
import { weeklyConclusion, weeklySubject } from '../../../shared/reports/weekly/conclusion.ts';
import type {
  ArrBridge,
  BandMix,
  HealthFigures,
  RenewalFigures,
  RevenueFigures,
  RiskFigures,
  WeeklyFigures,
} from '../../../shared/reports/weekly/figures.ts';
import { focusSentence } from '../../../shared/reports/weekly/focus.ts';
import { kindOfWeek } from '../../../shared/reports/weekly/kind-of-week.ts';

const asOf = toDay('2026-11-22');
const bridge: ArrBridge = {
  from: toDay('2025-11-22'),
  ...{ opening: 100_000_000, newBusiness: 9_000_000, reactivation: 0, expansion: 8_000_000 },
  ...{ escalator: 0, contraction: -2_000_000, churn: -5_000_000, fx: 0, closing: 110_000_000 },
};
const revenue: RevenueFigures = {
  ...{ on: asOf, arr: 110_000_000, nrr: 1.052, grr: 0.931, targetNrr: 1.05, targetGrr: 0.9 },
  ...{ method: 'point_to_point', otherMethods: [], reason: null, trend: [], bridge },
  before: { on: toDay('2026-11-15'), arr: 109_000_000, nrr: 1.052, grr: 0.931 },
};
const none = { accounts: 0, arr: 0 };
const mix = (segment: string, green: number, red: number): BandMix => ({
  ...{ segment, green: { accounts: 3, arr: green }, red: { accounts: 1, arr: red } },
  ...{ yellow: none, unscored: none },
});
const health: HealthFigures = {
  ...{ on: asOf, all: mix('all', 90, 10), segments: [mix('enterprise', 50, 5), mix('smb', 40, 5)] },
  ...{ up28d: none, down28d: none },
  ...{ hasMovements: true, atRisk: [], atRiskCount: 0, atRiskArr: 0, flagsShown: 0, flagsHeld: 0 },
  ...{ costliest: { measure: 'feature depth', lost: 3.44 }, focusPoints: 60 },
};
const risk: RiskFigures = {
  ...{ overdue: [], overdueCount: 0, warRooms: [], warRoomCount: 0, cleared: [] },
  ...{ clearedSum: none, raised: none },
};
const weekAgo = toDay('2026-11-15');
const renewals: RenewalFigures = {
  ...{ on: asOf, withinDays: 90, atRisk: { accounts: 3, arr: 4_000_000 }, late: none },
  ...{ before: { on: weekAgo, arr: 4_000_000 }, due: 30_000_000, weeks: [] },
  ...{ toDecide: [], toDecideCount: 0, toDecideSum: 0 },
  ...{ won: [], wonSum: none, lost: [], lostSum: none, decidedSince: weekAgo },
};
const quiet: WeeklyFigures = {
  ...{ company: 'Harbourline', asOf, currency: 'USD', decideWithinDays: 14 },
  ...{ revenue, health, risk, renewals, focus: null },
  ...{ warnings: [], exclusions: [], definitionsIds: [] },
};
const decide = {
  ...{
    renewalId: 'R-1',
    accountId: 'A-1',
    name: 'Orbán',
    due: 4_000_000,
    decisionOn: toDay('2026-12-01'),
  },
  ...{ ownerEmail: 'lena.fischer@harbourline.example', because: 'red within 30 days' },
};
const waiting = {
  ...{ accountId: 'A-9', name: 'Kestrel', arr: 2_000_000, evidence: 'two open tickets' },
  ...{ doNext: null, ownerEmail: null, dueOn: toDay('2026-11-20') },
};
const toDecide = { toDecide: [decide], toDecideCount: 1, toDecideSum: 4_000_000 };
const withRevenue = (said: Partial<RevenueFigures>) => ({
  ...quiet,
  revenue: { ...revenue, ...said },
});
const withRenewals = (said: Partial<RenewalFigures>) => ({
  ...quiet,
  renewals: { ...renewals, ...said },
});

describe('the kind of week, and what is concluded', () => {
  const cases: readonly (readonly [string, WeeklyFigures, string, string])[] = [
    [
      'nothing moved',
      quiet,
      'quiet',
      'A quiet week: nothing moved notably, and nothing needs a decision',
    ],
    [
      'NRR fell',
      withRevenue({ nrr: 1.04 }),
      'bad',
      'NRR fell by 1.2 points since 15 Nov, to 104.0 %',
    ],
    [
      'NRR fell by less than is notable',
      withRevenue({ nrr: 1.048 }),
      'quiet',
      'A quiet week: nothing moved notably, and nothing needs a decision',
    ],
    [
      'GRR fell beside NRR',
      withRevenue({ nrr: 1.04, grr: 0.92 }),
      'bad',
      'GRR fell by 1.1 points since 15 Nov, to 92.0 %',
    ],
    [
      'NRR rose',
      withRevenue({ nrr: 1.06 }),
      'good',
      'NRR rose by 0.8 points since 15 Nov to 106.0 %',
    ],
    ['GRR rose', withRevenue({ grr: 0.941 }), 'good', 'GRR rose by 1 point since 15 Nov to 94.1 %'],
    [
      'NRR rose, and GRR is below target',
      withRevenue({ nrr: 1.06, targetGrr: 0.95 }),
      'good',
      'GRR is 93.1 %, 1.9 points below its target',
    ],
    [
      'more is at risk',
      withRenewals({ atRisk: { accounts: 5, arr: 5_000_000 } }),
      'bad',
      'Renewals at risk rose by $10K since 15 Nov',
    ],
    [
      'less is at risk',
      withRenewals({ atRisk: { accounts: 1, arr: 1_000_000 } }),
      'good',
      'Renewals at risk fell by $30K since 15 Nov',
    ],
    [
      'something was lost, and so less is at risk',
      withRenewals({
        ...{ atRisk: { accounts: 1, arr: 1_000_000 }, lostSum: { accounts: 2, arr: 3_000_000 } },
      }),
      'bad',
      '$30K was lost in seven days: 2 renewals ended or gave notice',
    ],
    [
      'revenue has a week before it and the forecast none',
      withRenewals({ before: null }),
      'first',
      'The first week: what comes from here on is compared with it',
    ],
    [
      'only the forecast is published',
      { ...quiet, revenue: null },
      'quiet',
      'A quiet week: nothing moved notably, and nothing needs a decision',
    ],
    [
      'something is to be decided',
      withRenewals(toDecide),
      'bad',
      '$40K at risk has to be decided within 14 days, the largest by 1 Dec',
    ],
    [
      'something is late',
      withRenewals({ ...toDecide, late: { accounts: 1, arr: 4_000_000 } }),
      'bad',
      '$40K at risk is late: the term is over, and nothing is signed',
    ],
    ...[
      [
        4_000_000,
        '$50K at risk has to be decided within 14 days, the largest by 1 Dec, and $40K is late',
      ],
      [
        5_000_000,
        '$50K at risk is late, and $40K more has to be decided within 14 days, the largest by 1 Dec',
      ],
    ].map(([late, says]): (typeof cases)[number] => [
      `some is late, some to be decided: ${late}`,
      withRenewals({
        ...{ ...toDecide, toDecideCount: 2, toDecideSum: 9_000_000 },
        late: { accounts: 1, arr: Number(late) },
      }),
      'bad',
      String(says),
    ]),
    [
      'an answer is overdue',
      { ...quiet, risk: { ...risk, overdue: [waiting], overdueCount: 1 } },
      'bad',
      '1 critical risk is past the day for an answer',
    ],
    [
      'a war room opened',
      { ...quiet, risk: { ...risk, warRooms: [waiting], warRoomCount: 1 } },
      'bad',
      'A war room has opened, and little else moved',
    ],
    [
      'nothing to compare with',
      { ...withRevenue({ before: null }), renewals: null },
      'first',
      'The first week: what comes from here on is compared with it',
    ],
    [
      'the first, below target',
      { ...withRevenue({ before: null, nrr: 1 }), renewals: null, health: null },
      'first',
      'NRR is 100.0 %, 5 points below its target',
    ],
  ];

  test.each(cases)('%s', (_, week, kind, says) => {
    expect([kindOfWeek(week), weeklyConclusion(week)]).toEqual([kind, says]);
  });

  test('a week in which something waits is never called quiet, first or good', () => {
    const anyCount = fc.nat({ max: 3 });
    fc.assert(
      fc.property(anyCount, anyCount, anyCount, fc.boolean(), (decisions, late, rooms, isFirst) => {
        const week = {
          ...withRenewals({ ...toDecide, toDecideCount: decisions }),
          risk: { ...risk, overdueCount: late, warRoomCount: rooms },
          ...(isFirst && { revenue: null }),
        };
        expect(kindOfWeek(week) === 'bad').toBe(decisions + late + rooms > 0);
      }),
    );
  });
});

test('the subject carries NRR, GRR and the money at risk', () => {
  expect(weeklySubject(quiet)).toBe('NRR 105.2 %, GRR 93.1 %, $40K at risk: week to 22 Nov');
  expect(weeklySubject({ ...quiet, revenue: null })).toBe('$40K at risk: week to 22 Nov');
  expect(weeklySubject(withRevenue({ nrr: null }))).toContain('NRR not known');
});

describe('what is asked', () => {
  const many = Array.from({ length: 5 }, (_, at) => ({
    ...decide,
    ...{ renewalId: `R-${at}`, accountId: `A-${at}`, name: 'Acme', due: 1_000_000 * at },
  }));

  test('is at most three things, the most money first, and an account once', () => {
    const asks = weeklyAsks(
      withRenewals({ toDecide: [...many, { ...decide, name: 'Acme', accountId: 'A-4' }] }),
    );
    expect(asks.map(({ what }) => what)).toEqual([
      'Decide how to keep Acme, $40K',
      'Decide how to keep Acme, $30K',
      'Decide how to keep Acme, $20K',
    ]);
  });

  test('puts the most money first, whatever it is', () => {
    const asks = weeklyAsks({
      ...withRenewals(toDecide),
      risk: { ...risk, overdue: [{ ...waiting, arr: 90_000_000 }], overdueCount: 1 },
    });
    expect(asks.map(({ what }) => what)).toEqual([
      'Unblock the answer for Kestrel, $900K',
      'Decide how to keep Orbán, $40K',
    ]);
    expect(asks[0]?.who).toEqual([
      'nobody owns it yet',
      ' · ',
      { strong: 'was due 20 Nov', tone: 'bad' },
    ]);
  });
});

describe('a chart says what it shows', () => {
  test.each<[string, Partial<RevenueFigures>, string]>([
    ['above and above', {}, 'NRR is 0.2 points above target; GRR is 3.1 points above it'],
    ['at and below', { nrr: 1.05, grr: 0.88 }, 'NRR is at target; GRR is 2 points below it'],
    ['without targets', { targetNrr: null }, 'NRR is 105.2 %, GRR 93.1 %'],
    [
      'not known',
      { nrr: null, reason: 'no ARR at the opening' },
      'NRR and GRR are not known: no ARR at the opening',
    ],
  ])('of the trend: %s', (_, said, title) => {
    expect(trendTitle({ ...revenue, ...said })).toBe(title);
  });

  test.each<[string, Partial<ArrBridge>, string]>([
    ['growth', {}, 'ARR grew by $100K in twelve months: $170K won and expanded, $70K lost'],
    [
      'shrinking',
      { closing: 90_000_000, newBusiness: 0, expansion: 0, churn: -8_000_000 },
      'ARR shrank by $100K in twelve months: $0 won and expanded, $100K lost',
    ],
    [
      'standstill',
      { closing: 100_000_000, newBusiness: 0, expansion: 7_000_000 },
      'ARR is what it was twelve months ago: $70K won, $70K lost',
    ],
    [
      'a start',
      { opening: 0, closing: 5_000_000 },
      'ARR came to $50K from nothing twelve months ago',
    ],
  ])('of the bridge: %s', (_, said, title) => {
    expect(bridgeTitle({ ...bridge, ...said }, 'USD')).toBe(title);
  });

  test.each<[string, readonly BandMix[], BandMix, string]>([
    ['one segment', [mix('smb', 90, 10)], mix('all', 90, 10), '10 % of ARR is in red accounts'],
    [
      'the worst is named',
      [mix('smb', 80, 20), mix('enterprise', 95, 5)],
      mix('all', 88, 12),
      '12 % of ARR is in red accounts, most of all in smb with 20 %',
    ],
    ['no red', [mix('smb', 1, 0)], mix('all', 1, 0), 'No ARR is in red accounts'],
    ['no ARR', [], mix('all', 0, 0), 'No customer has ARR yet'],
    [
      'very little',
      [mix('smb', 100_000, 1)],
      mix('all', 100_000, 1),
      'under 1 % of ARR is in red accounts',
    ],
  ])('of health: %s', (_, segments, all, title) => {
    expect(healthTitle(segments, all)).toBe(title);
  });

  test('of the weeks: what is late stands first', () => {
    const weeks = [{ ...week('2026-11-16', 500_000) }, week('2026-11-23', 100_000)];
    const title = weeksTitle(weeks, { asOf, currency: 'USD', late: 400_000 });
    expect(title).toBe('$4K of the $6K at risk is late: the term is over, and nothing is signed');
  });

  const week = (weekOf: string, atRisk: number, commit = 0) => ({
    ...{
      weekOf: toDay(weekOf),
      renewals: atRisk + commit > 0 ? 1 : 0,
      commit,
      bestCase: 0,
      atRisk,
    },
  });
  test.each([
    ['none due', [week('2026-11-16', 0)], 'No renewal is due in the next 1 week'],
    [
      'none at risk',
      [week('2026-11-16', 0, 500)],
      'Nothing that is due in the next 1 week is at risk',
    ],
    [
      'all in one',
      [week('2026-11-16', 0, 1), week('2026-11-23', 500_000)],
      'All of the $5K at risk is due in the week from 23 Nov on',
    ],
    [
      'the peak',
      [week('2026-11-16', 100_000), week('2026-11-23', 500_000)],
      '$5K of the $6K at risk is due in the week from 23 Nov on',
    ],
  ])('of the weeks: %s', (_, weeks, title) => {
    expect(weeksTitle(weeks, { asOf, currency: 'USD', late: 0 })).toBe(title);
  });
});

describe('the lever in focus', () => {
  const focus = {
    ...{ lever: 'Onboarding on time', owner: 'lena.fischer@harbourline.example' },
    ...{
      measure: 'milestones_on_time',
      since: toDay('2026-09-01'),
      fromPoints: 50,
      targetPoints: 75,
    },
  };
  test.each([
    ['on its way', 60, 'In focus: Onboarding on time, 40 % of the way'],
    ['reached', 75, 'In focus: Onboarding on time, target reached'],
    ['worse', 44, 'In focus: Onboarding on time, below where it began'],
    ['not known', null, 'In focus: Onboarding on time'],
  ])('is %s', (_, focusPoints, title) => {
    const { title: said, says } = focusSentence({
      ...quiet,
      focus,
      health: { ...health, focusPoints },
    });
    expect(said).toBe(title);
    expect(says).toContain('Lena Fischer, since 1 Sep (82 days)');
  });

  test('where none is, the costliest measure is a candidate', () => {
    expect(focusSentence(quiet).says).toContain('feature depth: 3.4 points of the mean score');
  });
});
