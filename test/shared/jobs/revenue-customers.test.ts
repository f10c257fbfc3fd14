import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { revenueCustomers } from '../../../shared/jobs/revenue-customers.ts';
import type { Batch, Cell } from '../../../shared/ports/warehouse.ts';
import type { RevenueCustomer } from '../../../shared/revenue/customer.ts';

type Row = Readonly<Record<string, Cell>>;

/** A line as the engine answers it: of an account that is its own customer, and nothing besides. */
const plainRow = {
  customer_id: 'A-1',
  name: 'Meridian Retail',
  segment_name: 'Enterprise',
  motion_name: null,
  region: 'EMEA',
  owner_email: 'l.fischer@harbourline.example',
  ultimate_parent_id: null,
  milestones_due: null,
  milestones_overdue: null,
  milestones_on_time: null,
  concessions_without_plan: null,
  contract_id: 'C-1',
  account_id: 'A-1',
  product: 'Core',
  currency: 'USD',
  start_day: 20_000,
  end_day: 20_365,
  annual: 1000,
  growth: 1,
  cancelled_day: null,
  cancel_known_day: null,
  renewal_start_day: null,
} as const satisfies Row;

const row = (change: Row = {}): Row => ({ ...plainRow, ...change });

const batchOf = (rows: readonly Row[]): Batch => ({
  rowCount: rows.length,
  columns: Object.fromEntries(
    Object.keys(plainRow).map((name) => [name, rows.map((cells) => cells[name] ?? null)]),
  ),
});

const customersOf = async (...batches: (readonly Row[])[]): Promise<RevenueCustomer[]> => {
  const all: RevenueCustomer[] = [];
  async function* stream() {
    for (const rows of batches) yield batchOf(rows);
  }
  for await (const customers of revenueCustomers(stream())) all.push(...customers);
  return all;
};

const contractsOf = ({ customerId, lines }: RevenueCustomer) => [
  customerId,
  lines.map(({ contractId }) => contractId),
];

describe('the lines of one customer are put together', () => {
  const [one, two, three, four] = [
    row({ customer_id: 'A-1', contract_id: 'C-1' }),
    row({ customer_id: 'A-1', contract_id: 'C-2', account_id: 'A-9' }),
    row({ customer_id: 'A-2', contract_id: 'C-3', account_id: 'A-2' }),
    row({ customer_id: 'A-3', contract_id: 'C-4', account_id: 'A-3' }),
  ] as const;

  test.each<[string, Row[][]]>([
    ['in one batch', [[one, two, three, four]]],
    [
      'in two batches, the border between customers',
      [
        [one, two],
        [three, four],
      ],
    ],
    ['in two batches, the border within a customer', [[one], [two, three, four]]],
    ['a row a batch', [[one], [two], [three], [four]]],
    ['with empty batches between', [[], [one], [], [two, three], [], [four], []]],
  ])('%s', async (_, batches) => {
    expect((await customersOf(...batches)).map(contractsOf)).toEqual([
      ['A-1', ['C-1', 'C-2']],
      ['A-2', ['C-3']],
      ['A-3', ['C-4']],
    ]);
  });

  test('to nobody where there is no line', async () => {
    expect(await customersOf()).toEqual([]);
    expect(await customersOf([])).toEqual([]);
  });

  test('with all that is said of customer and line', async () => {
    const said = row({
      motion_name: 'pooled',
      ultimate_parent_id: 'A-1',
      growth: 1.05,
      cancelled_day: 20_300,
      cancel_known_day: 20_200,
      renewal_start_day: 20_250,
    });
    expect(await customersOf([said])).toEqual([
      {
        customerId: 'A-1',
        name: 'Meridian Retail',
        segmentName: 'Enterprise',
        motionName: 'pooled',
        region: 'EMEA',
        ownerEmail: 'l.fischer@harbourline.example',
        ultimateParentId: 'A-1',
        onboarding: 'not_recorded',
        concessionsWithoutPlan: 0,
        lines: [
          {
            contractId: 'C-1',
            accountId: 'A-1',
            product: 'Core',
            currency: 'USD',
            start: 20_000,
            end: 20_365,
            annual: 1000,
            growth: 1.05,
            cancelledOn: 20_300,
            cancelKnownOn: 20_200,
            renewalStart: 20_250,
          },
        ],
      },
    ]);
  });

  test('and a column the warehouse leaves out is named', async () => {
    const { growth: _, ...columns } = batchOf([row()]).columns;
    async function* stream() {
      yield { rowCount: 1, columns };
    }
    await expect(revenueCustomers(stream()).next()).rejects.toThrow('without column growth');
  });
});

/** What is said of an account comes again with each of its lines. */
const account = (
  account_id: string,
  lines: number,
  [due, overdue, onTime]: readonly [number | null, number | null, number | null],
  concessions: number | null = null,
): Row[] =>
  Array.from({ length: lines }, (_, index) =>
    row({
      account_id,
      contract_id: `${account_id}/${index}`,
      milestones_due: due,
      milestones_overdue: overdue,
      milestones_on_time: onTime,
      concessions_without_plan: concessions,
    }),
  );

describe('how a customer was onboarded', () => {
  test.each<[string, Row[], RevenueCustomer['onboarding']]>([
    ['nothing said', account('A-1', 1, [null, null, null]), 'not_recorded'],
    ['nothing due yet', account('A-1', 1, [0, 0, 0]), 'not_recorded'],
    ['all in time', account('A-1', 1, [3, 0, 3]), 'on_time'],
    ['all in time, told with each of its lines', account('A-1', 3, [2, 0, 2]), 'on_time'],
    ['all reached, one late', account('A-1', 1, [3, 0, 2]), 'late'],
    ['none in time', account('A-1', 1, [3, 0, 0]), 'late'],
    ['one never reached', account('A-1', 1, [3, 1, 2]), 'unfinished'],
    ['one late and one never reached', account('A-1', 1, [3, 1, 1]), 'unfinished'],
    [
      'two accounts in time',
      [...account('A-1', 2, [1, 0, 1]), ...account('A-2', 1, [2, 0, 2])],
      'on_time',
    ],
    [
      'one of two accounts late',
      [...account('A-1', 2, [1, 0, 1]), ...account('A-2', 1, [2, 0, 1])],
      'late',
    ],
    [
      'one of two accounts unfinished, its line last',
      [...account('A-1', 2, [1, 0, 1]), ...account('A-2', 1, [2, 1, 1])],
      'unfinished',
    ],
    [
      'one of two accounts not recorded',
      [...account('A-1', 1, [null, null, null]), ...account('A-2', 1, [1, 0, 1])],
      'on_time',
    ],
  ])('%s', async (_, rows, onboarding) => {
    expect(await customersOf(rows)).toMatchObject([{ onboarding }]);
    expect(await customersOf(...rows.map((line) => [line]))).toMatchObject([{ onboarding }]);
  });
});

describe('concessions without a plan', () => {
  test.each<[string, Row[], number]>([
    ['none said', account('A-1', 2, [0, 0, 0], null), 0],
    ['once for an account of many lines', account('A-1', 4, [0, 0, 0], 2), 2],
    [
      'added up over accounts',
      [...account('A-1', 2, [0, 0, 0], 2), ...account('A-2', 3, [0, 0, 0], 1)],
      3,
    ],
    [
      'once where the lines of two accounts alternate',
      account('A-1', 2, [0, 0, 0], 2).flatMap((line, index) => [
        line,
        ...account('A-2', 2, [0, 0, 0], 1).slice(index, index + 1),
      ]),
      3,
    ],
  ])('%s', async (_, rows, concessions) => {
    const customers = await customersOf(rows);
    expect(customers.map((found) => found.concessionsWithoutPlan)).toEqual([concessions]);
  });
});

test('property: whatever the borders of batches, the same customers', async () => {
  const lines = fc.array(
    fc.record({
      customer: fc.integer({ min: 0, max: 4 }),
      account: fc.integer({ min: 0, max: 2 }),
      isLastOfBatch: fc.boolean(),
    }),
    { maxLength: 24 },
  );
  await fc.assert(
    fc.asyncProperty(lines, async (drawn) => {
      const inOrder = drawn.toSorted((a, b) => a.customer - b.customer);
      const rows = inOrder.map(({ customer, account: number }, index) =>
        row({
          customer_id: `P-${customer}`,
          account_id: `P-${customer}/${number}`,
          contract_id: `C-${index}`,
          milestones_due: number,
          milestones_on_time: 1,
          milestones_overdue: customer % 2,
          concessions_without_plan: number,
        }),
      );
      const batches: Row[][] = [[]];
      for (const [index, line] of rows.entries()) {
        batches.at(-1)?.push(line);
        if (inOrder[index]?.isLastOfBatch) batches.push([]);
      }
      const found = await customersOf(...batches);
      expect(found).toEqual(await customersOf(rows));
      expect(found.map(({ customerId }) => customerId)).toEqual([
        ...new Set(rows.map(({ customer_id }) => customer_id)),
      ]);
      expect(found.flatMap((customer) => customer.lines).length).toBe(rows.length);
    }),
  );
});
