import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../../shared/basics/day.ts';
import { readinessField, readinessItemIds } from '../../../../shared/config/readiness.ts';
import type { AccountRow } from '../../../../shared/features/account-row.ts';
import { readinessFor } from '../../../../shared/renewals/readiness/readiness.ts';
import { healthyAccount } from '../../../kit/healthy-account.ts';
import { anyAccount } from '../../health/measures/any-account.ts';

const { asOf } = healthyAccount;
const enterprise = { id: 'enterprise', expects_outcomes: true };
const support = 'support@harbourline.example';

interface Asking {
  readonly config?: unknown;
  readonly daysToClock?: number;
  readonly segment?: typeof enterprise;
  readonly unanswerable?: string;
  readonly supportEmail?: string | null;
}

const readiness = (
  change: Partial<AccountRow>,
  { config = {}, daysToClock = 100, segment = enterprise, ...rest }: Asking = {},
) => {
  const { unanswerable, supportEmail = support } = rest;
  const reason = `${unanswerable} is not configured`;
  const judge = readinessFor({
    policy: readinessField.parse(config),
    answerable: (needs) =>
      unanswerable && needs.flat().some((need) => need.startsWith(unanswerable)) ? reason : null,
    currency: 'USD',
    supportEmail,
  });
  const decisionOn = addDays(asOf, daysToClock);
  const occasion = { asOf, segment, decisionOn, termEnd: decisionOn, daysToClock };
  return judge({ ...healthyAccount, ...change }, occasion);
};

const noSponsor = { sponsorsActive: 0, sponsorLeftOn: addDays(asOf, -20) };
const unpriced = { pricingReviewedOn: null };
const unheard = { npsDetractors180d: 1, npsDetractorsOpen: 1 };
const tickets = { severeTicketsOpen: 1 };

describe('readiness', () => {
  test('is 100 where nothing is missing, and then there is nothing to do', () => {
    const { score, coverage, nextAction, items } = readiness({});
    expect({ score, coverage, nextAction }).toEqual({ score: 100, coverage: 1, nextAction: null });
    expect(items.map(({ id }) => id)).toEqual(readinessItemIds);
  });

  test('weighs what is done against what is known', () => {
    expect(readiness(noSponsor).score).toBe(85);
    const half = readiness(noSponsor, { unanswerable: 'renewal_steps' });
    expect(half.score).toBe(81.3);
    expect(half.coverage).toBe(0.8);
    const unknown = half.items.filter(({ status }) => status === 'unknown');
    expect(unknown.map(({ id, evidence }) => [id, evidence])).toEqual([
      ['pricing_review', 'renewal_steps is not configured'],
      ['legal_review', 'renewal_steps is not configured'],
    ]);
  });

  test('has no score where nothing is known, rather than a zero', () => {
    const weights = Object.fromEntries(readinessItemIds.map((id) => [id, { weight: 0 }]));
    const config = { items: { ...weights, nps_loop: {} } };
    const found = readiness({ npsResponses180d: 0 }, { config });
    expect(found).toMatchObject({ score: null, coverage: 0, nextAction: null });
  });

  test('asks less of small customers, and what a segment says of itself', () => {
    const smb = { id: 'smb', expects_outcomes: false };
    expect(readiness({}, { segment: smb }).items.map(({ id }) => id)).toEqual([
      'usage_benchmark',
      'nps_loop',
      'severe_tickets',
      'overdue_invoices',
    ]);
    const config = { by_segment: { enterprise: { items: { pricing_review: { due_at: 120 } } } } };
    const [pricing] = readiness(unpriced, { config }).items.filter(
      ({ id }) => id === 'pricing_review',
    );
    expect(pricing).toMatchObject({ dueMilestone: 120, dueOn: asOf, isOverdue: true, weight: 10 });
  });

  test.each([
    [61, { dueOn: addDays(asOf, 1), isOverdue: false }],
    [60, { dueOn: asOf, isOverdue: false }],
    [59, { dueOn: asOf, isOverdue: true }],
    [-5, { dueOn: asOf, isOverdue: true }],
  ])('%s days before the clock runs out what is due at 60 is due', (daysToClock, due) => {
    expect(readiness(unpriced, { daysToClock }).nextAction).toMatchObject(due);
  });

  test.each([
    ['overdue before what is due', 70, { ...unheard, ...unpriced }, 'nps_loop'],
    ['what is due first, if it weighs less', 150, { ...unheard, ...unpriced }, 'nps_loop'],
    ['the heaviest of what is overdue', 10, { ...unheard, ...unpriced }, 'pricing_review'],
    ['of equal ones the first of the list', 65, { ...unpriced, ...tickets }, 'pricing_review'],
  ])('the next action is %s', (_, daysToClock, change, item) => {
    expect(readiness(change, { daysToClock }).nextAction?.item).toBe(item);
  });

  test('the next action says what to do and why', () => {
    expect(readiness(unpriced).nextAction).toEqual({
      item: 'pricing_review',
      action: 'Go through price, uplift and discount, and settle what is offered.',
      evidence: 'no pricing review was ever completed',
      dueOn: addDays(asOf, 40),
      isOverdue: false,
      owner: 'ae',
      ownerEmail: healthyAccount.aeEmail,
      ownerReason: null,
    });
  });

  test.each([
    ['the CSM', noSponsor, {}, healthyAccount.ownerEmail, null],
    ['support', tickets, {}, support, null],
    [
      'the manager where support is not named',
      tickets,
      { supportEmail: null },
      healthyAccount.managerEmail,
      'risk.support_email is not set: its manager instead',
    ],
    [
      'the manager where there is no AE',
      { ...unpriced, aeEmail: null },
      {},
      healthyAccount.managerEmail,
      'no AE on the account: its manager instead',
    ],
    [
      'nobody',
      { ...noSponsor, ownerEmail: null, managerEmail: null },
      {},
      null,
      'no owner on the account, and no manager either',
    ],
  ])('falls to %s', (_, change, asking, ownerEmail, ownerReason) => {
    expect(readiness(change, asking).nextAction).toMatchObject({ ownerEmail, ownerReason });
  });

  test('stays within its bounds, and what is unknown takes nothing off', () => {
    fc.assert(
      fc.property(anyAccount, fc.integer({ min: -60, max: 400 }), (account, daysToClock) => {
        const { score, coverage, items, nextAction } = readiness(account, { daysToClock });
        expect(score === null ? 0 : score).toSatisfy((value: number) => value >= 0 && value <= 100);
        expect(coverage).toSatisfy((value: number) => value >= 0 && value <= 1);
        expect(score === null).toBe(items.every(({ status }) => status === 'unknown'));
        const isMissing = items.some(({ status }) => status === 'missing');
        expect(nextAction !== null).toBe(isMissing);
        if (score !== null) expect(score === 100).toBe(!isMissing);
        expect(items.every(({ dueOn }) => dueOn >= asOf)).toBe(true);
      }),
    );
  });

  test('never falls when a missing item is done', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        const before = readiness(account);
        const better = readiness({
          ...account,
          pricingReviewedOn: asOf,
          severeTicketsOpen: 0,
          oldestOverdueOn: null,
          sponsorsActive: account.sponsorsActive + 1,
          lastValueReviewOn: asOf,
        });
        if (before.score !== null && better.coverage >= before.coverage) {
          expect(better.score).toBeGreaterThanOrEqual(before.score);
        }
      }),
    );
  });
});

describe('what the config says of readiness', () => {
  test('the weights of ours sum to 100, and each item says what to do', () => {
    const items = Object.values(readinessField.parse({}).items);
    expect(items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(items.every(({ action }) => action.length > 20)).toBe(true);
  });

  test.each([
    ['a day that is no milestone', { items: { nps_loop: { due_at: 45 } } }],
    ['an item nobody knows', { items: { prayer: { weight: 1 } } }],
    ['an item of a segment that nobody knows', { by_segment: { smb: { items: { prayer: {} } } } }],
  ])('%s is told', (_, config) => {
    expect(readinessField.safeParse(config).success).toBe(false);
  });
});
