import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../../shared/basics/day.ts';
import {
  type ReadinessItemId,
  readinessField,
  readinessItemIds,
} from '../../../../shared/config/readiness.ts';
import type { AccountRow } from '../../../../shared/features/account-row.ts';
import {
  done,
  missing,
  type Readiness,
  type ReadinessContext,
  unknown,
} from '../../../../shared/renewals/readiness/item.ts';
import { readinessItems } from '../../../../shared/renewals/readiness/items/index.ts';
import { healthyAccount } from '../../../kit/healthy-account.ts';
import { anyAccount } from '../../health/measures/any-account.ts';

const { asOf } = healthyAccount;
const ago = (days: number) => addDays(asOf, -days);

const context: ReadinessContext = {
  asOf,
  policy: readinessField.parse({}).items,
  currency: 'USD',
  expectsOutcomes: true,
  decisionOn: addDays(asOf, 90),
  termEnd: addDays(asOf, 150),
};

const judge = (id: ReadinessItemId, account: AccountRow, change: Partial<ReadinessContext> = {}) =>
  readinessItems.find((item) => item.id === id)?.judge(account, { ...context, ...change });

type Case = [ReadinessItemId, string, Partial<AccountRow>, Readiness, Partial<ReadinessContext>?];

const cases: readonly Case[] = [
  ['usage_benchmark', 'met', {}, done('100 of 100 seats active on the best of 28 days')],
  [
    'usage_benchmark',
    'met to the seat',
    { activeUsersPeak28d: 60 },
    done('60 of 100 seats active on the best of 28 days'),
  ],
  [
    'usage_benchmark',
    'one seat short',
    { activeUsersPeak28d: 59 },
    missing('59 of 100 seats active on the best of 28 days; 60 are needed'),
  ],
  [
    'usage_benchmark',
    'silent',
    { activeUsersPeak28d: null, usageRows28d: 0 },
    missing('no use at all in 28 days of 100 seats'),
  ],
  [
    'usage_benchmark',
    'counted, but not by user',
    { activeUsersPeak28d: null },
    unknown('no active users recorded on days that are'),
  ],
  [
    'usage_benchmark',
    'seats of the account where the contract has none',
    { seatsPaid: null, entitledSeats: 50, activeUsersPeak28d: 29 },
    missing('29 of 50 seats active on the best of 28 days; 30 are needed'),
  ],
  [
    'usage_benchmark',
    'no seats',
    { seatsPaid: null, entitledSeats: null },
    unknown('no paid seats'),
  ],
  ['sponsor_in_place', 'two', {}, done('2 executive sponsors in place')],
  [
    'sponsor_in_place',
    'left',
    { sponsorsActive: 0, sponsorLeftOn: ago(9) },
    missing(`no executive sponsor in place: the last left on ${ago(9)}`),
  ],
  [
    'sponsor_in_place',
    'never had, where others are written down',
    { sponsorsActive: 0, sponsorsEver: 0 },
    missing('no executive sponsor was ever named, beside 2 champions'),
  ],
  [
    'sponsor_in_place',
    'nobody written down',
    { sponsorsActive: 0, sponsorsEver: 0, championsActive: 0, championsEver: 0 },
    unknown('no champion or executive sponsor was ever named'),
  ],
  [
    'value_review',
    'on the last day that counts',
    { lastValueReviewOn: ago(90) },
    done(`last value review 90 days ago, on ${ago(90)}`),
  ],
  [
    'value_review',
    'too long ago',
    { lastValueReviewOn: ago(91) },
    missing(`last value review 91 days ago, on ${ago(91)}; it counts for 90 days`),
  ],
  [
    'value_review',
    'never had',
    { lastValueReviewOn: null, customerSince: ago(400) },
    missing('no value review in 400 days as a customer'),
  ],
  [
    'value_review',
    'silent altogether',
    { lastValueReviewOn: null, lastContactOn: null, customerSince: ago(400) },
    missing('no value review, nor any other contact, in 400 days as a customer'),
  ],
  [
    'value_review',
    'too new to have had one',
    { lastValueReviewOn: null, customerSince: ago(89) },
    unknown('customer for 89 days; a first one is due after 90'),
  ],
  ['ebr_held', 'lately', { lastEbrOn: ago(180) }, done(`last EBR 180 days ago, on ${ago(180)}`)],
  [
    'ebr_held',
    'too long ago',
    { lastEbrOn: ago(181) },
    missing(`last EBR 181 days ago, on ${ago(181)}; it counts for 180 days`),
  ],
  [
    'ebr_held',
    'never had',
    { lastEbrOn: null, customerSince: ago(180) },
    missing('no EBR in 180 days as a customer'),
  ],
  [
    'ebr_held',
    'too new to have had one',
    { lastEbrOn: null, customerSince: ago(60) },
    unknown('customer for 60 days; a first one is due after 180'),
  ],
  [
    'outcome_recap',
    'measured and gone through',
    {},
    done(
      `3 of 3 objectives met, at 100 % of target; last review of the plan 17 days ago, on ${ago(17)}`,
    ),
  ],
  [
    'outcome_recap',
    'never gone through',
    { planReviewedOn: null },
    missing('3 of 3 objectives met, at 100 % of target; never gone through with them'),
  ],
  [
    'outcome_recap',
    'gone through too long ago',
    { planReviewedOn: ago(200), objectivesMet: 1, outcomeProgress: 0.5 },
    missing(
      `1 of 3 objectives met, at 50 % of target; last review of the plan 200 days ago, on ${ago(200)}; it counts for 120 days`,
    ),
  ],
  [
    'outcome_recap',
    'not measured',
    { outcomeProgress: null },
    missing('3 objectives agreed, none measured'),
  ],
  ['outcome_recap', 'none agreed', { objectives: 0 }, missing('no objective agreed')],
  [
    'outcome_recap',
    'none agreed, where none is to be',
    { objectives: 0 },
    unknown('no objective agreed, and none is expected of its segment'),
    { expectsOutcomes: false },
  ],
  ['nps_loop', 'promoters alone', {}, done('no detractor in 4 NPS responses of 180 days')],
  [
    'nps_loop',
    'detractors answered',
    { npsDetractors180d: 2 },
    done('2 detractors in 180 days, answered'),
  ],
  [
    'nps_loop',
    'one open',
    { npsDetractors180d: 2, npsDetractorsOpen: 1 },
    missing('1 of 2 detractors in 180 days not yet answered'),
  ],
  ['nps_loop', 'silent', { npsResponses180d: 0 }, unknown('no NPS response in 180 days')],
  ['pricing_review', 'done', {}, done(`last pricing review 23 days ago, on ${ago(23)}`)],
  [
    'pricing_review',
    'that of last year',
    { pricingReviewedOn: ago(380) },
    missing(`last pricing review 380 days ago, on ${ago(380)}; it counts for 180 days`),
  ],
  [
    'pricing_review',
    'never',
    { pricingReviewedOn: null },
    missing('no pricing review was ever completed'),
  ],
  ['legal_review', 'settled', {}, done(`last legal review 12 days ago, on ${ago(12)}`)],
  [
    'legal_review',
    'one settled and one open',
    { legalOpen: 1 },
    missing('1 legal review still open'),
  ],
  [
    'legal_review',
    'that of last year',
    { legalClearedOn: ago(340) },
    missing(`last legal review 340 days ago, on ${ago(340)}; it counts for 180 days`),
  ],
  ['legal_review', 'never', { legalClearedOn: null }, missing('no legal review was ever begun')],
  ['severe_tickets', 'none', {}, done('no critical or high ticket open')],
  ['severe_tickets', 'two', { severeTicketsOpen: 2 }, missing('2 critical or high tickets open')],
  [
    'severe_tickets',
    'not rated',
    { unratedTicketsOpen: 3 },
    unknown('3 open tickets without a severity'),
  ],
  [
    'severe_tickets',
    'one, where one may be',
    { severeTicketsOpen: 1 },
    done('1 critical or high ticket open'),
    { policy: readinessField.parse({ items: { severe_tickets: { at_most: 1 } } }).items },
  ],
  ['overdue_invoices', 'all paid', {}, done('nothing overdue, 4 invoices due in 365 days')],
  [
    'overdue_invoices',
    'two of them',
    { invoicesOverdue: 2, overdueCents: 2_400_000, oldestOverdueOn: ago(41) },
    missing('2 invoices overdue, the oldest for 41 days: $24K'),
  ],
  [
    'overdue_invoices',
    'within the days allowed',
    { invoicesOverdue: 1, overdueCents: 2_400_000, oldestOverdueOn: ago(10) },
    done('1 invoice overdue for 10 days: $24K'),
    { policy: readinessField.parse({ items: { overdue_invoices: { overdue_days: 10 } } }).items },
  ],
  [
    'overdue_invoices',
    'nothing to pay',
    { invoicesDue365d: 0 },
    unknown('no invoice due in 365 days'),
  ],
];

describe('items of readiness', () => {
  test.each(cases)('%s: %s', (id, _, account, readiness, change) => {
    expect(judge(id, { ...healthyAccount, ...account }, change)).toEqual(readiness);
  });

  test('stand in the order of the config, each with a case of done and of missing', () => {
    expect(readinessItems.map(({ id }) => id)).toEqual(readinessItemIds);
    for (const status of ['done', 'missing']) {
      const tried = cases.filter(([, , , found]) => found.status === status).map(([id]) => id);
      expect([...new Set(tried)].sort()).toEqual([...readinessItemIds].sort());
    }
  });
});

/** For each item an account that is the worse the higher the number, from 0 to 1000. */
const worsening: Record<ReadinessItemId, (badness: number) => Partial<AccountRow>> = {
  usage_benchmark: (badness) => ({ activeUsersPeak28d: 1000 - badness, seatsPaid: 900 }),
  sponsor_in_place: (badness) => ({ sponsorsActive: Math.max(0, 20 - badness) }),
  value_review: (badness) => ({ lastValueReviewOn: ago(badness) }),
  outcome_recap: (badness) => ({ planReviewedOn: ago(badness) }),
  ebr_held: (badness) => ({ lastEbrOn: ago(badness) }),
  nps_loop: (badness) => ({ npsDetractorsOpen: badness, npsDetractors180d: 1000 }),
  pricing_review: (badness) => ({ pricingReviewedOn: ago(badness) }),
  severe_tickets: (badness) => ({ severeTicketsOpen: badness }),
  legal_review: (badness) => ({
    legalOpen: Math.floor(badness / 10),
    legalClearedOn: ago(badness),
  }),
  overdue_invoices: (badness) => ({ oldestOverdueOn: ago(badness), invoicesOverdue: 1 }),
};

test.each(readinessItemIds)('%s: worse never turns missing into done', (id) => {
  const statusAt = (badness: number) =>
    judge(id, { ...healthyAccount, ...worsening[id](badness) })?.status;
  const badness = fc.oneof(fc.nat(40), fc.nat(1000));
  fc.assert(
    fc.property(badness, badness, (one, other) => {
      const [better, worse] = [Math.min(one, other), Math.max(one, other)];
      if (statusAt(worse) === 'done') expect(statusAt(better)).toBe('done');
    }),
  );
  expect([statusAt(0), statusAt(1000)]).toEqual(['done', 'missing']);
});

test.each(readinessItemIds)('%s: always says why, and never of a number that is none', (id) => {
  fc.assert(
    fc.property(anyAccount, fc.boolean(), (account, expectsOutcomes) => {
      const found = judge(id, account, { expectsOutcomes });
      expect(found?.evidence).toMatch(/\w/);
      expect(found?.evidence).not.toMatch(/NaN|undefined|null|Infinity/);
    }),
  );
});
