import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { reachedOf } from '../../../shared/jobs/digest-renewals.ts';
import {
  digestConclusion,
  digestLede,
  digestPreheader,
  digestSubject,
} from '../../../shared/reports/digest-subject.ts';
import type { DigestTotals } from '../../../shared/reports/digest-totals.ts';
import { daysLeft, fullDay, shortDay } from '../../../shared/reports/words/days.ts';
import { personName } from '../../../shared/reports/words/people.ts';
import { digestConfig, type RenewalChange, seenDay, seenRenewal } from '../../kit/seen-renewal.ts';

const reached = (change: RenewalChange = {}) => {
  const seen = seenRenewal(change);
  const step = seen.steps.find(({ state }) => state === 'reached');
  if (step === undefined) throw new Error('it reached none');
  return reachedOf(seen, step, digestConfig.renewals);
};

const three: DigestTotals = {
  ...{ renewals: 3, due: 41_200_000, expected: 33_800_000, withoutForecast: 0 },
  ...{ atRisk: 0, atRiskDue: 0, done: 19, missing: 11, overdue: 5, withOverdue: 2, unknown: 0 },
  ...{ firstDecision: toDay('2026-12-22'), lastDecision: toDay('2027-01-12') },
};

const words = (change: Partial<DigestTotals> = {}) => {
  const about = { totals: { ...three, ...change }, first: reached(), asOf: seenDay };
  const digest = { ...about, currency: 'USD' };
  return {
    subject: digestSubject(digest),
    conclusion: digestConclusion(digest),
    lede: digestLede(digest),
  };
};

const past = { firstDecision: null, lastDecision: null };
const today = { firstDecision: seenDay, lastDecision: seenDay };

describe('the subject carries the figures', () => {
  test.each([
    ['of several', {}, '3 renewals need you: $412K decided by 12 Jan'],
    ['of one', { renewals: 1 }, 'Meridian Retail needs you: $412K decided by 12 Jan'],
    [
      'some at risk',
      { atRisk: 1, atRiskDue: 26_000_000 },
      '3 renewals need you: $412K decided by 12 Jan, $260K of it at risk',
    ],
    [
      'all at risk',
      { atRisk: 3, atRiskDue: 41_200_000 },
      '3 renewals need you: $412K decided by 12 Jan, at risk',
    ],
    ['the day is today', today, '3 renewals need you: $412K decided today'],
    ['the day is past', past, '3 renewals need you: $412K past its day to decide'],
    ['very many', { renewals: 5_000 }, '5,000 renewals need you: $412K decided by 12 Jan'],
  ])('%s', (_, change, subject) => {
    expect(words(change).subject).toBe(subject);
  });
});

const nothing = { done: 0, missing: 0, overdue: 0, withOverdue: 0, unknown: 30 };

describe('the conclusion says what is worst', () => {
  test.each([
    [
      'some at risk',
      { atRisk: 1, atRiskDue: 26_000_000 },
      '$260K of the $412K at a milestone is at risk',
    ],
    ['all at risk', { atRisk: 3 }, 'All 3 renewals at a milestone are at risk: $412K'],
    ['overdue', {}, '5 items are overdue for 2 of 3 renewals'],
    ['one overdue', { overdue: 1, withOverdue: 3 }, '1 item is overdue for 3 renewals'],
    ['missing', { overdue: 0 }, 'Nothing is overdue, and 11 items are left to do for 3 renewals'],
    ['all done', { overdue: 0, missing: 0 }, 'Of what is known nothing is missing for 3 renewals'],
    ['nothing known', nothing, 'Nothing is known yet of how ready 3 renewals are'],
  ])('%s', (_, change, conclusion) => {
    expect(words(change).conclusion).toBe(conclusion);
  });

  test.each([
    [{}, 'Of 30 items to be ready: 19 done, 11 missing (5 overdue).'],
    [nothing, 'Of 30 items to be ready: 30 unknown.'],
    [{ withoutForecast: 1 }, 'The first decision is on 22 Dec, 30 days left. Of 30'],
    [
      {},
      '3 renewals with $412K reached a milestone. The first decision is on 22 Dec, 30 days left. $338K is expected to stay.',
    ],
    [past, 'The day to decide is past.'],
  ])('and the lede what it rests on: %j', (change, said) => {
    expect(words(change).lede).toContain(said);
  });

  test.each<[RenewalChange, string]>([
    [
      { account: { lastEbrOn: null } },
      'First Meridian Retail, overdue: Book the executive business review with the sponsor.',
    ],
    [{}, 'First Meridian Retail: of what is known nothing is missing.'],
  ])('the preheader carries the ask: %j', (change, said) => {
    expect(digestPreheader({ first: reached(change), asOf: seenDay })).toBe(said);
  });
});

test('days as people write them', () => {
  const asOf = toDay('2026-11-22');
  expect(fullDay(asOf)).toBe('Sun 22 Nov 2026');
  expect(fullDay(toDay('1969-12-31'))).toBe('Wed 31 Dec 1969');
  expect(shortDay(toDay('2027-01-12'), asOf)).toBe('12 Jan');
  expect(shortDay(toDay('2027-11-22'), asOf)).toBe('22 Nov 2027');
  expect(daysLeft(toDay('2026-11-23'), asOf)).toBe('1 day left');
  expect(daysLeft(asOf, asOf)).toBe('today');
  expect(daysLeft(toDay('2026-11-19'), asOf)).toBe('3 days ago');
});

test.each([
  ['lena.fischer@harbourline.example', 'Lena Fischer'],
  ['l.fischer@harbourline.example', 'L. Fischer'],
  ['lena.fischer+crm@harbourline.example', 'Lena Fischer'],
  ['łucja_świątek@harbourline.example', 'Łucja Świątek'],
  ['support@harbourline.example', 'support@harbourline.example'],
  ['Lena Fischer', 'Lena Fischer'],
  ['a.b\u202e@x.example', 'A. B.'],
])('%s is called %s', (address, name) => {
  expect(personName(address)).toBe(name);
});
