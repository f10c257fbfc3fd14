import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { severities } from '../../../shared/config/risk-fields.ts';
import type { OpenFlag, QueueCandidate } from '../../../shared/revenue/queue-candidate.ts';
import { queueTally } from '../../../shared/revenue/queues.ts';

const asOf = toDay('2026-11-22');
const inDays = (days: number) => addDays(asOf, days);

/** One who needs nothing: green, in use, with no flag. */
const quiet: QueueCandidate = {
  accountId: 'A-1',
  customerId: 'G-1',
  name: 'Meridian Retail',
  ownerEmail: 'l.fischer@harbourline.example',
  segment: 'enterprise',
  arrCents: 24_000_000,
  score: 85,
  band: 'green',
  trend: 'stable',
  topDriver: null,
  flags: [],
  seatUse: 0.8,
  renewsOn: inDays(300),
  contractedCents: 0,
  underNoticeCents: 0,
};

const flag = (id: string, rest: Partial<OpenFlag> = {}): OpenFlag => ({
  flag: id,
  severity: 'high',
  evidence: `${id} seen`,
  held: null,
  ...rest,
});

const rowsOf = (accounts: readonly QueueCandidate[], { size = 15, opening = 100_000_000 } = {}) => {
  const tally = queueTally({ size, asOf, currency: 'USD' });
  for (const account of accounts) tally.add(account);
  return tally.rows(opening);
};

/** Queue, cents at stake, why, what to do, and why not: what a case expects, or nothing. */
type Placed = [queue: string, atStake: number, why: string, doNext: string, reason: string | null];
type Case = [title: string, change: Partial<QueueCandidate>, placed: Placed | null];

const SAVE = 'Ask what would keep them before the notice takes effect';
const USE = 'Bring what they pay for into use';
const NOTHING = 'Nothing this week';
const red = { band: 'red', score: 32 } as const;
const mending = { band: 'yellow', score: 55, trend: 'improving' } as const;

const cases: Case[] = [
  ['nothing to do', {}, null],
  ['nothing live any more', { ...red, arrCents: 0, underNoticeCents: 100 }, null],
  [
    'notice on a part',
    { underNoticeCents: 6_000_000 },
    ['churn', 6_000_000, 'Notice given on $60K of $240K ARR', SAVE, null],
  ],
  [
    'notice on more than is live',
    { underNoticeCents: 90_000_000 },
    ['churn', 24_000_000, 'Notice given on $240K of $240K ARR', SAVE, null],
  ],
  [
    'notice on a part of one that is red',
    { ...red, underNoticeCents: 6_000_000 },
    [
      'churn',
      24_000_000,
      'Notice given on $60K of $240K ARR, and the rest is in danger too',
      SAVE,
      null,
    ],
  ],
  [
    'notice, though a play is open',
    { underNoticeCents: 6_000_000, flags: [flag('notice_given', { held: 'play open' })] },
    ['churn', 6_000_000, 'Notice given on $60K of $240K ARR', SAVE, null],
  ],
  [
    'a critical flag on one that is green',
    { flags: [flag('silence'), flag('sponsor_gone', { severity: 'critical' })] },
    [
      'churn',
      24_000_000,
      'sponsor_gone seen; $240K ARR is at stake',
      'Start the play against sponsor gone',
      null,
    ],
  ],
  [
    'red',
    { ...red, topDriver: 'seat_use' },
    [
      'churn',
      24_000_000,
      'Red at 32 points, most of it for seat use; $240K ARR is at stake',
      'Agree a success plan on seat use',
      null,
    ],
  ],
  [
    'red by override, with no score',
    { band: 'red', score: null },
    ['churn', 24_000_000, 'Red; $240K ARR is at stake', 'Agree a success plan', null],
  ],
  [
    'red, and shrank',
    { ...red, contractedCents: 5_000_000 },
    ['churn', 24_000_000, 'Red at 32 points; $240K ARR is at stake', 'Agree a success plan', null],
  ],
  [
    'shrank in twelve months',
    { contractedCents: 10_000_000 },
    [
      'contraction',
      10_000_000,
      'Shrank by $100K in 12 months; 80 % of paid seats in use; $240K ARR',
      'Ask how their goals have changed',
      null,
    ],
  ],
  [
    'shrank by more than is left',
    { contractedCents: 90_000_000, seatUse: null },
    [
      'contraction',
      24_000_000,
      'Shrank by $900K in 12 months; $240K ARR',
      'Ask how their goals have changed',
      null,
    ],
  ],
  [
    'shrank by less than is unused',
    { contractedCents: 1_000_000, seatUse: 0.25 },
    [
      'contraction',
      18_000_000,
      'Shrank by $10K in 12 months; 25 % of paid seats in use; $240K ARR',
      USE,
      null,
    ],
  ],
  [
    'uses much less than it pays for',
    { seatUse: 0.59 },
    ['contraction', 9_840_000, '59 % of paid seats in use; $240K ARR', USE, null],
  ],
  ['uses a little less than it pays for', { seatUse: 0.6 }, null],
  [
    'falling use, and some seats unused',
    { flags: [flag('usage_decline')] },
    [
      'contraction',
      4_800_000,
      'usage_decline seen; 80 % of paid seats in use; $240K ARR',
      USE,
      null,
    ],
  ],
  [
    'falling use where no seats are counted: a quarter',
    { flags: [flag('usage_decline')], seatUse: null },
    ['contraction', 6_000_000, 'usage_decline seen; $240K ARR', USE, null],
  ],
  [
    'nearly all seats in use',
    { seatUse: 0.9 },
    [
      'expansion',
      2_400_000,
      '90 % of the seats in use; 10 % more would bring $24K',
      'Propose more seats',
      null,
    ],
  ],
  ['just short of that', { seatUse: 0.89 }, null],
  ['all seats in use, and yellow', { seatUse: 1, band: 'yellow', score: 60 }, null],
  [
    'more used than committed',
    { flags: [flag('overage')] },
    [
      'expansion',
      2_400_000,
      'overage seen; 10 % more would bring $24K',
      'Propose a larger commitment',
      null,
    ],
  ],
  [
    'every flag held',
    {
      ...red,
      flags: [
        flag('usage_decline', { held: 'play open' }),
        flag('silence', { held: 'cooldown until 2026-12-01' }),
      ],
    },
    [
      'leave_alone',
      24_000_000,
      '$240K ARR with 2 open flags, none of them to be told',
      NOTHING,
      'usage decline: play open; silence: cooldown until 2026-12-01',
    ],
  ],
  [
    'one flag held of two, so its red counts',
    { ...red, flags: [flag('overage', { held: 'play open' }), flag('silence')] },
    ['churn', 24_000_000, 'Red at 32 points; $240K ARR is at stake', 'Agree a success plan', null],
  ],
  [
    'yellow and improving, far from its renewal',
    { ...mending, renewsOn: inDays(181) },
    [
      'leave_alone',
      24_000_000,
      'Yellow at 55 points on $240K ARR, and improving',
      NOTHING,
      'improving, and 181 days to the renewal on 2027-05-22',
    ],
  ],
  ['the same a day nearer to it', { ...mending, renewsOn: inDays(180) }, null],
  ['the same with no renewal known', { ...mending, renewsOn: null }, null],
  [
    'red and improving, with something critical',
    { ...red, trend: 'improving', flags: [flag('silence', { severity: 'critical' })] },
    [
      'churn',
      24_000_000,
      'silence seen; $240K ARR is at stake',
      'Start the play against silence',
      null,
    ],
  ],
];

test.each(cases)('%s', (_, change, placed) => {
  const rows = rowsOf([{ ...quiet, ...change }]);
  expect(
    rows.map(({ queue, atStakeCents, why, doNext, reason }) => [
      ...[queue, atStakeCents, why, doNext, reason],
    ]),
  ).toEqual(placed === null ? [] : [placed]);
});

test('the most at stake comes first, equals by id, and no more than the size of a queue', () => {
  const arr = { 'A-2': 300, 'A-9': 100, 'A-1': 300, 'A-3': 200 };
  const accounts = Object.entries(arr).map(([accountId, arrCents]) => ({
    ...{ ...quiet, ...red, accountId, arrCents },
  }));
  const rows = rowsOf(accounts, { size: 3, opening: 1000 });
  expect(
    rows.map(({ rank, accountId, atStakeCents, nrrPoints }) => [
      ...[rank, accountId, atStakeCents, nrrPoints],
    ]),
  ).toEqual([
    [1, 'A-1', 300, 30],
    [2, 'A-2', 300, 30],
    [3, 'A-3', 200, 20],
  ]);
});

test('who it is comes along, and points of NRR are unknown where nothing was there to retain', () => {
  expect(rowsOf([{ ...quiet, seatUse: 1 }], { opening: 0 })).toEqual([
    {
      ...{ queue: 'expansion', rank: 1, accountId: 'A-1', customerId: 'G-1' },
      ...{ name: 'Meridian Retail', ownerEmail: 'l.fischer@harbourline.example' },
      ...{ segment: 'enterprise', arrCents: 24_000_000, atStakeCents: 2_400_000 },
      ...{ nrrPoints: null, why: '100 % of the seats in use; 10 % more would bring $24K' },
      ...{ doNext: 'Propose more seats', reason: null },
    },
  ]);
});

const anyFlag = fc.record({
  flag: fc.constantFrom('usage_decline', 'overage', 'silence', 'notice_given'),
  severity: fc.constantFrom(...severities),
  evidence: fc.constant('Seen'),
  held: fc.constantFrom(null, 'play open'),
});

const cents = fc.nat(5_000);

const anyAccount: fc.Arbitrary<QueueCandidate> = fc.record({
  accountId: fc.nat(10_000).map((nth) => `A-${nth}`),
  customerId: fc.constant('G-1'),
  name: fc.constant(null),
  ownerEmail: fc.constant(null),
  segment: fc.constant('smb'),
  arrCents: cents,
  score: fc.option(fc.nat(100)),
  band: fc.constantFrom('green', 'yellow', 'red', 'unscored'),
  trend: fc.constantFrom('improving', 'stable', 'declining', 'insufficient data'),
  topDriver: fc.option(fc.constant('seat_use')),
  flags: fc.array(anyFlag, { maxLength: 3 }),
  seatUse: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
  renewsOn: fc.option(fc.integer({ min: -10, max: 400 }).map(inDays)),
  contractedCents: fc.oneof(fc.constant(0), cents),
  underNoticeCents: fc.oneof(fc.constant(0), cents),
});

const company = fc.uniqueArray(anyAccount, { selector: ({ accountId }) => accountId });

describe('any accounts', () => {
  test('stand in one queue at most, which is no longer than its size, with no more at stake than they bring', () =>
    fc.assert(
      fc.property(company, fc.integer({ min: 1, max: 4 }), (accounts, size) => {
        const rows = rowsOf(accounts, { size });
        expect(new Set(rows.map(({ accountId }) => accountId)).size).toBe(rows.length);
        for (const queue of ['churn', 'contraction', 'expansion', 'leave_alone']) {
          const mine = rows.filter((row) => row.queue === queue);
          expect(mine.length).toBeLessThanOrEqual(size);
          expect(mine.map(({ rank }) => rank)).toEqual(mine.map((_, index) => index + 1));
        }
        for (const { atStakeCents, arrCents, queue, reason } of rows) {
          expect(Number.isSafeInteger(atStakeCents)).toBe(true);
          expect(atStakeCents).toBeGreaterThan(0);
          expect(atStakeCents).toBeLessThanOrEqual(arrCents);
          expect(reason !== null).toBe(queue === 'leave_alone');
        }
      }),
    ));

  test('give the same queues in any order, and the top of what a longer queue has', () =>
    fc.assert(
      fc.property(
        company.chain((accounts) =>
          fc.tuple(
            fc.constant(accounts),
            fc.shuffledSubarray(accounts, { minLength: accounts.length }),
          ),
        ),
        ([accounts, shuffled]) => {
          const rows = rowsOf(shuffled, { size: 2 });
          expect(rows).toEqual(rowsOf(accounts, { size: 2 }));
          expect(rows).toEqual(rowsOf(accounts, { size: 200 }).filter(({ rank }) => rank <= 2));
        },
      ),
    ));
});
