import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retentionMethods } from '../../../shared/config/revenue.ts';
import { type ContractLine, centsOn } from '../../../shared/revenue/contract-line.ts';
import {
  type Cut,
  cuts,
  onboardingStates,
  type RevenueCustomer,
  standingsOf,
} from '../../../shared/revenue/customer.ts';
import type { CutSums, WindowSums } from '../../../shared/revenue/cut-sums.ts';
import { type Books, type Ledger, ledgerOf } from '../../../shared/revenue/ledger.ts';
import { type Movement, movementKinds } from '../../../shared/revenue/movements.ts';
import { retentionBy } from '../../../shared/revenue/retention.ts';
import { rollupTally } from '../../../shared/revenue/rollup.ts';
import {
  aCustomer,
  booksOn,
  epoch,
  line,
  motions,
  placeOf,
  rolledUp,
  segments,
  theCut,
} from '../../kit/contract-lines.ts';

type Customers = readonly Partial<RevenueCustomer>[];

/** The step of 2025-06, and the window of 2025. */
const june = (books: Books) =>
  books.calendar.steps.findIndex(
    ({ from, to }) => from === placeOf(books, '2025-06-01') && to === placeOf(books, '2025-07-01'),
  );
const year = ({ calendar }: Books) =>
  calendar.windows.findIndex(({ to, kind }) => to === calendar.today && kind !== 'year_to_date');

const inJune = (customers: Customers, cut: Cut, value: string, books = booksOn('2026-01-01')) =>
  seen(theCut(rolledUp(customers, books), cut, value).steps[june(books)]);
const in2025 = (customers: Customers, cut: Cut = 'all', value = 'all', switches = {}) => {
  const books = booksOn('2026-01-01', switches);
  return theCut(rolledUp(customers, books), cut, value).windows[year(books)] as WindowSums;
};

const seen = (movement: Movement | undefined) =>
  Object.fromEntries(Object.entries(movement ?? {}).filter(([, cents]) => cents !== 0));

describe('a customer who outgrows a segment', () => {
  const small = line('2024-06-15', '2025-06-15', { annual: 20_000 });
  const large = line('2025-06-15', '2026-06-15', { contractId: 'K-2', annual: 30_000 });
  const customers = [{ lines: [small, large] }];
  const atOpening = booksOn('2026-01-01', { retention: { attribute_at: 'opening' } });

  test.each<[string, string, Books, object]>([
    [
      'leaves the old one by transfer',
      'smb',
      booksOn('2026-01-01'),
      { opening: 2_000_000, transfer: -2_000_000 },
    ],
    [
      'and has grown in the new one',
      'mid_market',
      booksOn('2026-01-01'),
      { transfer: 2_000_000, expansion: 1_000_000, closing: 3_000_000 },
    ],
    [
      'by the segment at the opening it has grown in the old one',
      'smb',
      atOpening,
      { opening: 2_000_000, expansion: 1_000_000, transfer: -3_000_000 },
    ],
    [
      'and joins the new one as it is by then',
      'mid_market',
      atOpening,
      { transfer: 3_000_000, closing: 3_000_000 },
    ],
  ])('%s', (_, segment, books, expected) => {
    expect(inJune(customers, 'segment', segment, books)).toEqual(expected);
  });

  test('moves with its segment to another motion, unless it has one of its own', () => {
    expect(inJune(customers, 'motion', 'self_serve')).toMatchObject({ transfer: -2_000_000 });
    const own = [{ lines: [small, large], motionName: 'High touch' }];
    expect(inJune(own, 'motion', 'high_touch')).toEqual({
      ...{ opening: 2_000_000, expansion: 1_000_000, closing: 3_000_000 },
    });
  });

  test('counts for the year in the segment of the day that the config says', () => {
    expect(in2025(customers, 'segment', 'mid_market')).toMatchObject({
      ...{ customersOpening: 1, openingCents: 2_000_000, retainedCents: 3_000_000 },
      ...{ targetNrrCents: 2_000_000 * 1.08, targetGrrCents: 2_000_000 * 0.9 },
    });
    const { retention } = atOpening.policy;
    expect(in2025(customers, 'segment', 'smb', { retention })).toMatchObject({
      ...{ customersOpening: 1, openingCents: 2_000_000, retainedCents: 3_000_000 },
      ...{ targetNrrCents: 2_000_000, targetGrrCents: 2_000_000 * 0.82 },
    });
    expect(in2025(customers, 'segment', 'mid_market', { retention }).customersOpening).toBe(0);
  });

  test('that left stays where it was last, and one that comes is where it came to', () => {
    const left = [{ lines: [line('2024-06-15', '2025-06-15', { annual: 30_000 })] }];
    expect(inJune(left, 'segment', 'mid_market')).toEqual({ opening: 3e6, churn: -3e6 });
    const came = [{ lines: [large] }];
    expect(inJune(came, 'segment', 'mid_market')).toEqual({ new: 3e6, closing: 3e6 });
  });
});

describe('what a window adds up to', () => {
  const stays = line('2024-03-01', '2027-03-01', { annual: 300 });
  const shrinks = [
    line('2024-07-01', '2025-07-01', { annual: 200 }),
    line('2025-07-01', '2026-07-01', { annual: 150 }),
  ];
  const grows = [
    line('2024-07-01', '2025-07-01', { annual: 100 }),
    line('2025-07-01', '2026-07-01', { annual: 180 }),
  ];
  const leaves = line('2024-07-01', '2025-07-01', { annual: 50 });
  const comes = line('2025-09-01', '2026-09-01', { annual: 70 });

  test('those at the opening, what they bring, and all at the closing', () => {
    const sums = in2025(
      [stays, shrinks, grows, leaves, comes].map((lines) => ({ lines: [lines].flat() })),
    );
    expect(sums).toMatchObject({
      ...{ customersOpening: 4, customersLost: 1, openingCents: 65_000 },
      retainedCents: 30_000 + 15_000 + 18_000,
      cappedCents: 30_000 + 15_000 + 10_000,
      closingCents: 30_000 + 15_000 + 18_000 + 7_000,
      ...{ customersRenewing: 3, customersRenewingLost: 1, renewingCents: 35_000 },
      ...{ targetNrrCents: 65_000, pendingCents: 0 },
    });
    expect(seen(sums.movements)).toEqual({
      ...{ opening: 65_000, new: 7_000, expansion: 8_000 },
      ...{ contraction: -5_000, churn: -5_000, closing: 70_000 },
    });
  });

  test('what those at the opening bring is at the rates of the opening', () => {
    const euro = { currency: 'EUR', annual: 100 };
    const quoted = { EUR: (day: string) => (day < '2025-06-01' ? 1 : 0.5) };
    const lines = [line('2024-03-01', '2027-03-01', euro)];
    expect(in2025([{ lines }], 'all', 'all', { quoted })).toMatchObject({
      ...{ openingCents: 10_000, retainedCents: 10_000, cappedCents: 10_000, closingCents: 5_000 },
    });
    expect(in2025([{ lines }], 'all', 'all', { quoted, basis: 'spot' })).toMatchObject({
      ...{ openingCents: 10_000, retainedCents: 5_000, cappedCents: 5_000, closingCents: 5_000 },
    });
  });

  const ended = '2025-12-20';
  test('what waits for a late renewal, from the day on which it ended', () => {
    const books = booksOn('2026-01-10');
    const sums = theCut(rolledUp([{ lines: [line('2024-12-20', ended)] }], books), 'all');
    const waiting = books.calendar.windows
      .map(({ to }, index) => [books.calendar.days[to], sums.windows[index]?.pendingCents])
      .filter(([, cents]) => cents !== 0);
    expect(waiting).toEqual([
      ['2026-01-01', 120_000],
      ['2026-01-10', 120_000],
      ['2026-01-10', 120_000],
    ]);
  });
});

describe('up for renewal in a window', () => {
  const two = (end: string, start: string) => [
    line('2024-05-01', end),
    line(start, '2027-05-01', { contractId: 'K-2' }),
  ];

  test.each<[string, ContractLine[], [renewing: number, lost: number, cents: number]]>([
    ['a term that ends later is not', [line('2024-05-01', '2026-05-01')], [0, 0, 0]],
    ['a term that ends the day after is not', [line('2024-05-01', '2026-01-02')], [0, 0, 0]],
    [
      'a term that ends with it is, when notice was given',
      [line('2024-05-01', '2026-01-01', { cancelledOn: '2026-01-01' })],
      [1, 1, 120_000],
    ],
    ['a term that ended on the opening is not', [line('2024-01-01', '2025-01-01')], [0, 0, 0]],
    ['a term that ended a day later is', [line('2024-01-01', '2025-01-02')], [1, 1, 120_000]],
    ['renewed: not lost', two('2025-05-01', '2025-05-01'), [1, 0, 120_000]],
    ['renewed after a gap: not lost', two('2025-05-01', '2025-09-01'), [1, 0, 120_000]],
    [
      'renewed up to within the window: lost',
      [line('2024-05-01', '2025-05-01'), line('2025-05-01', '2025-11-01')],
      [1, 1, 120_000],
    ],
    [
      'renewed in advance, before the window: nothing to renew',
      two('2025-05-01', '2024-11-01'),
      [0, 0, 0],
    ],
    [
      'one of two contracts, the other runs through: not up',
      [line('2024-05-01', '2025-05-01'), line('2024-01-01', '2027-01-01', { contractId: 'K-2' })],
      [0, 0, 0],
    ],
    [
      'one of two contracts, the other began on the opening and runs on: not up',
      [line('2024-05-01', '2025-05-01'), line('2025-01-01', '2027-01-01', { contractId: 'K-2' })],
      [0, 0, 0],
    ],
    [
      'came and went within it: up and lost, with nothing at the opening',
      [line('2025-02-10', '2025-08-10')],
      [1, 1, 0],
    ],
    [
      'one who waits for a late renewal is, and not lost yet',
      [line('2024-12-20', '2025-12-20', { annual: 1 })],
      [1, 0, 100],
    ],
  ])('%s', (_, lines, [customersRenewing, customersRenewingLost, renewingCents]) => {
    const sums = in2025([{ lines }, { lines: [line('2024-03-01', '2027-03-01')] }]);
    expect(sums).toMatchObject({ customersRenewing, customersRenewingLost, renewingCents });
  });

  test('of a product goes by the lines of the product', () => {
    const lines = [
      line('2024-05-01', '2025-05-01', { product: 'Insights' }),
      line('2024-01-01', '2027-01-01', { contractId: 'K-2' }),
    ];
    expect(in2025([{ lines }], 'product', 'Insights')).toMatchObject({
      ...{ customersRenewing: 1, customersRenewingLost: 1, customersLost: 1 },
    });
    expect(in2025([{ lines }], 'product', 'Platform').customersRenewing).toBe(0);
  });
});

describe('the cuts', () => {
  const values = (customers: Customers, cut: Cut) =>
    rolledUp(customers, booksOn('2026-01-01'))
      .filter((sums) => sums.cut === cut)
      .map(({ cutValue }) => cutValue);
  const lines = [line('2024-05-01', '2026-05-01')];

  test('come in their order, and their values in order', () => {
    const customers: Customers = [
      { lines, region: 'EMEA', ultimateParentId: null },
      { lines, region: 'Americas', ultimateParentId: 'P-1' },
    ];
    const sums = rolledUp(customers, booksOn('2026-01-01'));
    expect([...new Set(sums.map(({ cut }) => cut))]).toEqual(cuts);
    expect(values(customers, 'region')).toEqual(['Americas', 'EMEA']);
    expect(values(customers, 'ultimate_parent')).toEqual(['P-1']);
  });

  test('name nobody as such', () => {
    const nameless = [{ ...line('2024-05-01', '2026-05-01'), product: null }];
    const customers = [{ lines: nameless, region: null, ownerEmail: null }];
    for (const cut of ['region', 'owner', 'product'] as const) {
      expect(values(customers, cut)).toEqual(['(none)']);
    }
  });

  test('have a part for lines without a product beside those with one', () => {
    const mixed = [...lines, { ...line('2024-05-01', '2026-05-01', { annual: 5 }), product: null }];
    expect(in2025([{ lines: mixed }], 'product', '(none)').closingCents).toBe(500);
    expect(in2025([{ lines: mixed }], 'product', 'Platform').closingCents).toBe(120_000);
  });

  test('have no value for who brought nothing in the time that is looked at', () => {
    const nothing: Customers = [
      { lines: [line('2018-01-01', '2019-01-01')], region: 'gone' },
      { lines: [line('2026-02-01', '2027-02-01')], region: 'to come' },
      { lines: [line('2024-01-01', '2027-02-01', { annual: 0 })], region: 'free' },
      { lines: [], region: 'none' },
    ];
    expect(rolledUp(nothing, booksOn('2026-01-01'))).toEqual([]);
  });

  test('can be read twice, and customers added in between', () => {
    const books = booksOn('2026-01-01');
    const tally = rollupTally(books);
    const ledger = ledgerOf(lines, books);
    const standings = standingsOf({ segments, motions })(aCustomer, ledger);
    const read = () => [...tally.all()];
    tally.add({ ...aCustomer, lines }, ledger, standings);
    const once = read();
    expect(read()).toEqual(once);
    tally.add({ ...aCustomer, lines }, ledger, standings);
    const twice = read().map((sums) => sums.windows.at(-1)?.closingCents);
    expect(twice).toEqual(once.map(() => 240_000));
  });
});

const AS_OF = ['2026-11-22', '2026-01-01', '2024-02-29', '2025-03-31'] as const;

/** Terms of one account that follow one another with gaps and overlaps, linked or not. */
const anyChain = fc
  .record({
    accountId: fc.constantFrom('A-1', 'A-2', 'A-3'),
    product: fc.constantFrom('Platform', 'Insights', null),
    currency: fc.constantFrom('USD', 'EUR', 'GBP'),
    growth: fc.constantFrom(1, 1, 1.05, 0.95),
    start: fc.integer({ min: epoch('2021-01-01'), max: epoch('2026-12-15') }),
    terms: fc.array(
      fc.record({
        days: fc.constantFrom(31, 365, 366, 730, 1096),
        gap: fc.constantFrom(0, 0, -40, 3, 25, 200),
        cents: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 100, max: 40_000_000 })),
        isLinked: fc.boolean(),
        cancelAfter: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ terms, start, ...about }): ContractLine[] => {
    let next = start;
    return terms.map(({ days, gap, cents, isLinked, cancelAfter }, index) => {
      const [from, end] = [next, next + days];
      next = end + gap;
      const cancelledOn = cancelAfter === null ? null : from + cancelAfter;
      return {
        ...{
          ...about,
          contractId: `K-${index}`,
          start: from,
          end,
          annual: cents / 100,
          cancelledOn,
        },
        cancelKnownOn: cancelledOn === null ? null : cancelledOn - 60,
        renewalStart: isLinked && index < terms.length - 1 ? next : null,
      };
    });
  });

const anyCustomers = fc.array(
  fc.record({
    lines: fc.array(anyChain, { minLength: 1, maxLength: 3 }).map((chains) => chains.flat()),
    segmentName: fc.constantFrom(null, null, 'SMB', 'Enterprise', 'unheard of'),
    motionName: fc.constantFrom(null, null, 'pooled', 'unheard of'),
    region: fc.constantFrom(null, 'EMEA', 'Americas'),
    ownerEmail: fc.constantFrom(null, 'a@x.example', 'constructor'),
    onboarding: fc.constantFrom(...onboardingStates),
    ultimateParentId: fc.constantFrom(null, 'P-1', 'P-2'),
  }),
  { minLength: 1, maxLength: 6 },
);

const anyPlan = fc.record({
  asOf: fc.constantFrom(...AS_OF),
  churn: fc.record({
    grace_days: fc.constantFrom(0, 10, 30),
    recognition: fc.constantFrom('effective' as const, 'notice' as const),
  }),
  renewal: fc.record({ late_grace_days: fc.constantFrom(0, 30, 365) }),
  reactivation: fc.record({
    window_days: fc.constantFrom(null, 100),
    in_nrr: fc.boolean(),
  }),
  expansion: fc.record({ include_escalators: fc.boolean() }),
  basis: fc.constantFrom('constant' as const, 'constant' as const, 'spot' as const),
});

/** A rate that is another on every day. */
const restless = (day: string) =>
  0.8 + (Number(day.slice(2, 4)) + Number(day.slice(5, 7)) / 7) / 50;

type AnyPlan = typeof anyPlan extends fc.Arbitrary<infer Plan> ? Plan : never;

const booksBy = ({ asOf, ...switches }: AnyPlan, attribute_at: 'opening' | 'closing') =>
  booksOn(asOf, {
    ...{ ...switches, retention: { attribute_at } },
    ...{ constant: { GBP: 1.27 }, quoted: { EUR: restless } },
  });

/** Over random ledgers, in both modes; `look` names what is wrong with the sums. */
const alwaysHolds = (
  look: (sums: readonly CutSums[], books: Books, customers: Customers) => string[],
  numRuns = 60,
) =>
  fc.assert(
    fc.property(anyCustomers, anyPlan, (customers, plan) => {
      for (const mode of ['opening', 'closing'] as const) {
        const books = booksBy(plan, mode);
        expect(look(rolledUp(customers, books), books, customers)).toEqual([]);
      }
    }),
    { numRuns },
  );

const isWhole = ({ opening, closing, ...movement }: Movement) =>
  movementKinds.reduce((sum, kind) => sum + movement[kind], opening) === closing;

const nameOf = ({ cut, cutValue }: CutSums, part: string | number) => `${cut} ${cutValue} ${part}`;

describe('over any ledgers', () => {
  test('opening + all movements = closing, to the cent, in every step of every value of every cut', () => {
    alwaysHolds((sums) =>
      sums.flatMap((one) => [
        ...one.steps.flatMap((step, at) => (isWhole(step) ? [] : [nameOf(one, `step ${at}`)])),
        ...one.windows.flatMap(({ movements }, at) =>
          isWhole(movements) ? [] : [nameOf(one, `window ${at}`)],
        ),
      ]),
    );
  });

  test('a step opens with what the one before closed with, in every value of every cut', () => {
    alwaysHolds((sums, { calendar }) =>
      sums.flatMap((one) =>
        calendar.windows.flatMap(({ steps }) =>
          steps.slice(1).flatMap((step, at) => {
            const before = one.steps[steps[at] as number] as Movement;
            return before.closing === one.steps[step]?.opening ? [] : [nameOf(one, step)];
          }),
        ),
      ),
    );
  });

  test('the values of a cut add up to the whole, and what moves between them to nothing', () => {
    const partial: Cut = 'ultimate_parent';
    alwaysHolds((sums, { calendar }) => {
      if (sums.length === 0) return [];
      const all = theCut(sums, 'all');
      return cuts
        .filter((cut) => cut !== partial)
        .flatMap((cut) => {
          const values = sums.filter((one) => one.cut === cut);
          const add = (of: (one: CutSums) => number) =>
            values.reduce((sum, one) => sum + of(one), 0);
          const step = (at: number, what: keyof Movement) =>
            add(({ steps }) => steps[at]?.[what] ?? 0);
          const steps = calendar.steps.flatMap((_, at) =>
            step(at, 'opening') === all.steps[at]?.opening &&
            step(at, 'closing') === all.steps[at]?.closing &&
            step(at, 'transfer') === 0
              ? []
              : [`${cut} step ${at}`],
          );
          const whole = [...ends, ...(cut === 'product' ? [] : ofCustomers)];
          const windows = calendar.windows.flatMap((_, at) =>
            whole
              .filter(
                (what) =>
                  add(({ windows }) => windows[at]?.[what] ?? 0) !== all.windows[at]?.[what],
              )
              .map((what) => `${cut} window ${at} ${what}`),
          );
          return [...steps, ...windows];
        });
    });
  });

  test('only segment and motion know transfers', () => {
    alwaysHolds((sums) =>
      sums
        .filter(({ cut }) => cut !== 'segment' && cut !== 'motion')
        .filter(({ steps }) => steps.some(({ transfer }) => transfer !== 0))
        .map((one) => nameOf(one, 'transfer')),
    );
  });

  test('the whole is what the ledgers say one by one', () => {
    alwaysHolds((sums, books, customers) => {
      const ledgers = customers.map(({ lines = [] }) => ledgerOf(lines, books));
      return books.calendar.windows.flatMap(({ from, to }, at) => {
        const found = sums.find(({ cut }) => cut === 'all')?.windows[at] ?? {};
        const expected = oneByOne(ledgers, books, { from, to });
        const wrong = Object.entries(expected).filter(
          ([what, sum]) => (found[what as keyof typeof found] ?? 0) !== sum,
        );
        return wrong.map(([what]) => `window ${at} ${what}`);
      });
    });
  });

  test('GRR is at most 1 and at most NRR; both are null, with a reason, where nothing opened', () => {
    alwaysHolds((sums, { calendar, policy }) =>
      sums.flatMap((one) =>
        calendar.windows.flatMap((window, at) =>
          retentionMethods.flatMap((method) => {
            const { nrr, grr, reason } = retentionBy(method, one, at, { window, policy });
            const isEmpty = one.windows[at]?.openingCents === 0;
            const isRight =
              nrr === null || grr === null
                ? nrr === grr && reason !== null && (isEmpty || method === 'monthly_compound')
                : !isEmpty && reason === null && grr <= 1 && grr <= nrr + 1e-12;
            return isRight ? [] : [nameOf(one, `${method} ${at}: ${nrr} ${grr} ${reason}`)];
          }),
        ),
      ),
    );
  });
});

const ends = ['openingCents', 'closingCents', 'pendingCents'] as const;
/** A customer of two products is in the cohort of each, and what it adds of a third in neither. */
const ofCustomers = [
  ...['customersOpening', 'customersLost', 'customersRenewing', 'customersRenewingLost'],
  ...['renewingCents', 'retainedCents', 'cappedCents'],
] as Exclude<keyof WindowSums, 'movements'>[];

/** The same as the definitions have it, in the plainest way. */
function oneByOne(
  ledgers: readonly Ledger[],
  { calendar: { epochs, today }, policy, rates }: Books,
  { from, to }: { from: number; to: number },
) {
  const [opens, closes] = [epochs[from] as number, epochs[to] as number];
  const sum = (of: (ledger: Ledger) => number) =>
    ledgers.reduce((all, ledger) => all + of(ledger), 0);
  const opening = ({ arr }: Ledger) => arr[from] as number;
  const closing = ({ arr }: Ledger) => arr[to] as number;
  const reached = (ledger: Ledger) =>
    policy.basis === 'spot' ? closing(ledger) : ledger.arrAt(to, from);
  const until = ({ isPending: waits, end, ends }: Ledger['lines'][number]) => (waits ? end : ends);
  const isUp = ({ lines }: Ledger) =>
    lines.some((one) => opens < until(one) && until(one) <= closes) &&
    !lines.some((one) => one.start <= opens && until(one) > closes);
  const isHere = (ledger: Ledger) => opening(ledger) > 0;
  const isPending = ({ lines }: Ledger) =>
    lines.some((one) => one.isPending && one.end <= closes && closes <= (epochs[today] as number));
  const isLost = ({ lines }: Ledger) =>
    !lines.some((one) => one.start > opens && until(one) > closes);
  return {
    customersOpening: sum((one) => Number(isHere(one))),
    customersLost: sum((one) => Number(isHere(one) && closing(one) === 0)),
    openingCents: sum(opening),
    closingCents: sum(closing),
    retainedCents: sum((one) => (isHere(one) ? reached(one) : 0)),
    cappedCents: sum((one) => (isHere(one) ? Math.min(opening(one), reached(one)) : 0)),
    customersRenewing: sum((one) => Number(isUp(one))),
    customersRenewingLost: sum((one) => Number(isUp(one) && isLost(one) && !isPending(one))),
    renewingCents: sum((one) => (isUp(one) ? opening(one) : 0)),
    pendingCents: sum(({ lines }) =>
      lines
        .filter((one) => one.isPending && one.end <= closes)
        .reduce((all, one) => all + centsOn(one, closes, rates.rateOn(one.currency, to)), 0),
    ),
  };
}
