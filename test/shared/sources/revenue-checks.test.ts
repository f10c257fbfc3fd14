import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import type { SourceState } from '../../../shared/sources/finding.ts';
import { openCompany } from '../../kit/features-of.ts';
import { recordingWarehouse } from '../../sql/recording-warehouse.ts';
import { trinoComplaints } from '../../sql/trino-rules.ts';

const asOf = toDay('2026-11-22');

const ACCOUNTS = 'account_id,name,parent_account_id';
const CONTRACTS =
  'contract_id,account_id,start_date,end_date,arr,currency,product,renewed_by,cancelled_on,cancel_recorded_on';

interface Rows {
  readonly accounts?: readonly string[];
  readonly contracts?: readonly string[];
}

/** All that inspection says of accounts and contracts, and what it asked to know it. */
const inspected = async ({ accounts = ['A,A,', 'B,B,'], contracts = SOUND }: Rows) => {
  const tables = {
    accounts: [ACCOUNTS, ...accounts].join('\n'),
    contracts: [CONTRACTS, ...contracts].join('\n'),
  };
  const extra = 'data_quality: { orphan_share: 1 }';
  const { config, warehouse: duckdb } = await openCompany({ tables, extra });
  const { warehouse, queries } = recordingWarehouse(duckdb);
  const states = await inspectSources({ config, asOf, warehouse });
  await warehouse.close();
  return { states: states.filter(({ id }) => id in tables), queries };
};

const OURS = [
  'renewed_by_itself',
  'renewed_in_a_circle',
  'overlapping_lines',
  'own_parent',
  'parent_circle',
];

const line = (id: string, from: string, to: string, rest = 'Core,,,', account = 'A') =>
  `${id},${account},${from},${to},1200,USD,${rest}`;
const SOUND = [line('sound', '2026-01-01', '2027-01-01')];

/** A finding as a case writes it: check, severity, rows, and up to three examples. */
const findings = async (rows: Rows) =>
  (await inspected(rows)).states.flatMap(({ findings: found }) =>
    found.map(({ check, severity, rows: count, examples }) =>
      [check, severity, count, ...examples].join(' | '),
    ),
  );

const core = (...ids: string[]) => ids.map((id) => `${id} / A (product "Core")`).join(' | ');

type Case = [title: string, rows: string[], found: string[]];

test.each<Case>([
  [
    'a line renewed by itself',
    [line('C-1', '2026-01-01', '2027-01-01', 'Core,C-1,,')],
    ['renewed_by_itself | warning | 1 | C-1 / A (renewed_by "C-1")'],
  ],
  [
    'two lines that renew each other, one after the other',
    [
      line('C-1', '2025-01-01', '2026-01-01', 'Core,C-2,,'),
      line('C-2', '2026-01-01', '2027-01-01', 'Core,C-1,,'),
    ],
    ['renewed_in_a_circle | warning | 2 | C-1 / A (renewed_by "C-2") | C-2 / A (renewed_by "C-1")'],
  ],
  [
    'five in a circle, over two accounts, and one that leads into it',
    [
      line('C-0', '2020-01-01', '2021-01-01', 'Core,C-1,,'),
      line('C-1', '2021-01-01', '2022-01-01', 'Core,C-2,,'),
      line('C-2', '2022-01-01', '2023-01-01', 'Core,C-3,,', 'B'),
      line('C-3', '2023-01-01', '2024-01-01', 'Core,C-4,,', 'B'),
      line('C-4', '2024-01-01', '2025-01-01', 'Core,C-5,,'),
      line('C-5', '2025-01-01', '2026-01-01', 'Core,C-1,,'),
    ],
    [
      'renewed_in_a_circle | warning | 5 | C-1 / A (renewed_by "C-2") | C-2 / B (renewed_by "C-3") | C-3 / B (renewed_by "C-4")',
    ],
  ],
  [
    'a chain of renewals, the last by a line that nobody has',
    [
      line('C-1', '2024-01-01', '2025-01-01', 'Core,C-2,,'),
      line('C-2', '2025-01-01', '2026-01-01', 'Core,C-3,,'),
      line('C-3', '2026-01-01', '2027-01-01', 'Core,C-404,,'),
    ],
    [],
  ],
  [
    'a renewal that begins earlier and leads no further',
    [
      line('C-1', '2026-01-01', '2027-01-01', 'Core,C-2,,'),
      line('C-2', '2025-01-01', '2026-01-01'),
    ],
    [],
  ],
  [
    'two lines of one product that meet for a day',
    [line('C-1', '2025-01-01', '2026-01-02'), line('C-2', '2026-01-01', '2027-01-01')],
    [`overlapping_lines | warning | 2 | ${core('C-1', 'C-2')}`],
  ],
  [
    'one that begins on the day the other is over',
    [line('C-1', '2025-01-01', '2026-01-01'), line('C-2', '2026-01-01', '2027-01-01')],
    [],
  ],
  [
    'a long line under two short ones that follow each other',
    [
      line('C-1', '2024-01-01', '2027-01-01'),
      line('C-2', '2024-06-01', '2025-01-01'),
      line('C-3', '2025-01-01', '2026-01-01'),
    ],
    [`overlapping_lines | warning | 3 | ${core('C-1', 'C-2', 'C-3')}`],
  ],
  [
    'what is added in mid-term and ends with the first',
    [line('C-1', '2026-01-01', '2027-01-01'), line('C-2', '2026-06-01', '2027-01-01')],
    [],
  ],
  [
    'the same term twice',
    [line('C-1', '2026-01-01', '2027-01-01'), line('C-2', '2026-01-01', '2027-01-01')],
    [`overlapping_lines | warning | 2 | ${core('C-1', 'C-2')}`],
  ],
  [
    'an early renewal, which ends the line it renews',
    [
      line('C-1', '2025-01-01', '2026-06-01', 'Core,C-2,,'),
      line('C-2', '2026-01-01', '2027-01-01'),
    ],
    [],
  ],
  [
    'a renewal on the very day the line begins, which so is none',
    [
      line('C-1', '2026-01-01', '2027-01-01', 'Core,C-2,,'),
      line('C-2', '2026-01-01', '2027-01-01'),
    ],
    [`overlapping_lines | warning | 2 | ${core('C-1', 'C-2')}`],
  ],
  [
    'a line cancelled before the next begins',
    [
      line('C-1', '2025-01-01', '2027-01-01', 'Core,,2026-01-01,2025-12-01'),
      line('C-2', '2026-01-01', '2027-01-01'),
    ],
    [],
  ],
  [
    'a cancellation that is not known yet',
    [
      line('C-1', '2025-01-01', '2027-01-01', 'Core,,2026-01-01,2026-11-22'),
      line('C-2', '2026-01-01', '2028-01-01'),
    ],
    [`overlapping_lines | warning | 2 | ${core('C-1', 'C-2')}`],
  ],
  [
    'other products, other accounts, and lines that name no product',
    [
      line('C-1', '2026-01-01', '2027-01-01'),
      line('C-2', '2026-01-01', '2027-01-01', 'Plus,,,'),
      line('C-3', '2026-01-01', '2027-01-01', 'Core,,,', 'B'),
      line('C-4', '2026-01-01', '2027-01-01', ',,,'),
      line('C-5', '2026-01-01', '2027-01-01', ',,,'),
    ],
    [],
  ],
  [
    'a contract without end',
    [...SOUND, line('C-1', '2026-01-01', '', 'Core,C-1,,')],
    [
      'null | broken | 1 | C-1 / A (end_date null)',
      'renewed_by_itself | warning | 1 | C-1 / A (renewed_by "C-1")',
    ],
  ],
  [
    'a term without length',
    [line('C-1', '2026-01-01', '2026-01-01')],
    ['end_before_start | broken | 1 | C-1 / A (end_date "2026-01-01")'],
  ],
  [
    'keys that stand twice, whose links cannot be followed',
    [
      line('C-1', '2025-01-01', '2026-01-01', 'Core,C-1,,'),
      line('C-1', '2025-01-01', '2026-01-01', 'Core,C-1,,'),
    ],
    ['duplicate_key | broken | 2 | C-1 / A'],
  ],
])('contracts: %s', async (_, contracts, found) => {
  expect(await findings({ contracts })).toEqual(found);
});

test.each<Case>([
  [
    'one that is its own parent',
    ['A,A,', 'B,B,B'],
    ['own_parent | warning | 1 | B (parent_account_id "B")'],
  ],
  [
    'two that are each other’s parent, and one below them',
    ['A,A,B', 'B,B,A', 'C,C,A'],
    ['parent_circle | warning | 2 | A (parent_account_id "B") | B (parent_account_id "A")'],
  ],
  ['a chain', ['A,A,', 'B,B,A', 'C,C,B', 'D,D,C', 'E,E,D', 'F,F,E', 'G,G,F'], []],
  [
    'a parent that is not there',
    ['A,A,', 'B,B,Z'],
    ['orphan | warning | 1 | B (parent_account_id "Z")'],
  ],
])('accounts: %s', async (_, accounts, found) => {
  expect(await findings({ accounts })).toEqual(found);
});

test('each says what was found and expected, how it counts and what to do, and asks as Trino would', async () => {
  const { states, queries } = await inspected({
    accounts: ['A,A,A', 'B,B,D', 'D,D,B'],
    contracts: [
      line('C-1', '2026-01-01', '2027-01-01', 'Core,C-1,,'),
      line('C-2', '2025-01-01', '2026-01-01', 'Plus,C-3,,'),
      line('C-3', '2026-01-01', '2027-01-01', 'Plus,C-2,,'),
      line('C-4', '2026-06-01', '2027-06-01'),
    ],
  });
  expect(states.map(({ status }) => status)).toEqual(['ready', 'ready']);
  const told = states.flatMap(({ findings: found }) =>
    found.map((finding) => [
      `${finding.source}.${finding.column} has ${finding.found}`,
      `expected ${finding.expected}`,
      finding.fix,
    ]),
  );
  expect(told).toEqual(TOLD);

  const asked = queries.filter(({ name }) => OURS.some((check) => name.includes(check)));
  expect(asked.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...EVERY_QUERY, ...SUSPECTS]),
  );
  expect(asked.flatMap(({ sql }) => trinoComplaints(sql))).toEqual([]);
});

const EVERY_QUERY = [
  ...['accounts-own_parent', 'accounts-parent_circle', 'contracts-renewed_by_itself'],
  ...['contracts-renewed_in_a_circle', 'contracts-overlapping_lines'],
].flatMap((name) => [name, `${name}-examples`]);
const SUSPECTS = ['contracts-renewed_in_a_circle-suspects', 'contracts-overlapping_lines-suspects'];

const TOLD = [
  [
    'accounts.parent_account_id has an account that is its own parent in 1 row of 3',
    'expected another account, or nothing',
    'Empty it, or map it to NULLIF(parent_account_id, account_id); until then these accounts count as having no parent.',
  ],
  [
    'accounts.parent_account_id has accounts in a circle of at most 5 parents in 2 rows of 3',
    'expected parents that end at an account without one',
    'Take the parent off the topmost account; until then all accounts of the circle count as having no parent.',
  ],
  [
    'contracts.renewed_by has a line that is renewed by itself in 1 row of 4',
    'expected the contract_id of another line, or nothing',
    'Name the line that renews it, or leave it empty; until then it counts as not renewed.',
  ],
  [
    'contracts.renewed_by has lines that renew one another in a circle of at most 5 in 2 rows of 4',
    'expected renewals that each begin after what they renew',
    'Take out the link that leads back. Until then a renewal must begin after what it renews, so the line that begins later is not taken as renewed.',
  ],
  [
    'contracts.product has lines of one account and product that are live at once and do not renew one another in 2 rows of 4',
    'expected lines of one product that follow one another',
    'Both count as ARR. Where one replaces the other, end the earlier line or link it to the later with renewed_by; where it adds to the other, nothing is wrong.',
  ],
];

const SIZE = 7;

/** Groups of rows of which each leads to another of its group, to itself, or nowhere. */
const links = fc.array(
  fc.array(fc.option(fc.nat(SIZE - 1)), { minLength: SIZE, maxLength: SIZE }),
  { minLength: 8, maxLength: 8 },
);

/** Steps until one is met again, from each; 0 where it never is. */
const circlesOf = (next: readonly (number | null)[]) =>
  next.map((_, from) => {
    let at = next[from] ?? null;
    for (let steps = 1; at !== null && steps <= next.length; steps += 1) {
      if (at === from) return steps;
      at = next[at] ?? null;
    }
    return 0;
  });

const rowsOf = (states: readonly SourceState[], check: string) =>
  states.flatMap((state) => state.findings).find((finding) => finding.check === check)?.rows ?? 0;

test('any links: a circle is told where walking them comes back, and nowhere else', () =>
  fc.assert(
    fc.asyncProperty(links, links, async (parents, renewals) => {
      const name = (group: number, at: number | null) => (at === null ? '' : `X${group}-${at}`);
      const { states } = await inspected({
        accounts: parents.flatMap((next, group) =>
          next.map((parent, at) => `${name(group, at)},X,${name(group, parent)}`),
        ),
        contracts: renewals.flatMap((next, group) =>
          next.map((renewal, at) => {
            const from = addDays(asOf, (at % 3) * 100 - 400);
            const rest = `P${at},${name(group, renewal)},,`;
            return line(name(group, at), from, addDays(from, 50), rest, `X${group}-0`);
          }),
        ),
      });
      for (const [groups, own, circle] of [
        [parents, 'own_parent', 'parent_circle'],
        [renewals, 'renewed_by_itself', 'renewed_in_a_circle'],
      ] as const) {
        const steps = groups.flatMap(circlesOf);
        expect(rowsOf(states, own)).toBe(steps.filter((count) => count === 1).length);
        expect(rowsOf(states, circle)).toBe(steps.filter((n) => n > 1 && n <= 5).length);
      }
    }),
    { numRuns: 4 },
  ));

const anyLine = fc.record({
  from: fc.nat(12),
  days: fc.integer({ min: 1, max: 6 }),
  cancelled: fc.option(fc.nat(12)),
  renewedBy: fc.option(fc.nat(9)),
  product: fc.constantFrom('Core', 'Plus'),
});
type AnyLine = typeof anyLine extends fc.Arbitrary<infer Line> ? Line : never;

/** The days on which each line of an account is live: cut short by what renews or cancels it. */
const liveDays = (lines: readonly AnyLine[]) =>
  lines.map(({ from, days, cancelled, renewedBy, product }) => {
    const renewal = renewedBy === null ? undefined : lines[renewedBy]?.from;
    const renewed = renewal !== undefined && renewal > from ? renewal : from + days;
    return { product, start: from, end: Math.min(from + days, cancelled ?? 99, renewed) };
  });

const sharing = (lines: readonly AnyLine[]) =>
  liveDays(lines).filter(({ product, start, end }, at, all) =>
    all.some(
      (other, beside) =>
        beside !== at &&
        other.product === product &&
        (other.end !== end || other.start === start) &&
        Math.max(start, other.start) < Math.min(end, other.end),
    ),
  ).length;

test('any lines: those are told that share a day with one of their product that ends on another', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyLine, { minLength: 1, maxLength: 10 }), { minLength: 8, maxLength: 8 }),
      async (accounts) => {
        const day = (nth: number) => addDays(asOf, nth - 100);
        const contracts = accounts.flatMap((lines, account) =>
          lines.map(({ from, days, cancelled, renewedBy, product }, at) => {
            const renewal = renewedBy === null ? '' : `C${account}-${renewedBy}`;
            const rest = `${product},${renewal},${cancelled === null ? '' : day(cancelled)},`;
            return line(`C${account}-${at}`, day(from), day(from + days), rest, `A${account}`);
          }),
        );
        const expected = accounts.reduce((sum, lines) => sum + sharing(lines), 0);
        const { states } = await inspected({ contracts });
        expect(rowsOf(states, 'overlapping_lines')).toBe(expected);
      },
    ),
    { numRuns: 5 },
  ));
