import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayFromEpoch } from '../../../shared/basics/day.ts';
import { accuracyTally } from '../../../shared/renewals/accuracy.ts';
import type { Category } from '../../../shared/renewals/forecast.ts';
import {
  type Forecasted,
  firstOfQuarter,
  forecastTally,
  quarterOf,
  spreadOf,
} from '../../../shared/renewals/forecast-rollup.ts';
import { type ForecastLine, walkTally } from '../../../shared/renewals/forecast-walk.ts';
import { epoch } from '../../kit/contract-lines.ts';

const one = (change: Partial<Forecasted> = {}): Forecasted => ({
  ...{
    dueOn: '2026-12-31' as Day,
    segment: 'smb',
    ownerEmail: 'a@x.example',
    region: null,
    product: 'P',
  },
  ...{ due: 1000, expected: 800, upsell: 0, target: 900, probability: 0.8, category: 'best_case' },
  ...change,
});

describe('the forecast added up', () => {
  test('won and lost make what is decided, the categories what is open', () => {
    const tally = forecastTally();
    tally.add(one({ category: 'won', expected: 900, upsell: 50, probability: 0.9 }));
    tally.add(one({ category: 'lost', expected: 0, probability: 0 }));
    tally.add(one({ category: 'commit', expected: 950, probability: 0.95 }));
    tally.add(one());
    tally.add(one({ category: 'at_risk', expected: 400, probability: 0.4 }));
    const whole = tally.sums().find(({ cut, period }) => cut === 'all' && period === '2026-Q4');
    expect(whole).toMatchObject({
      ...{ renewals: 5, due: 5000, won: 900, lost: 1100, open: 3000, upsell: 50, target: 4500 },
      ...{ commit: 1900, bestCase: 2900, atRisk: 1000, expected: 900 + 950 + 800 + 400 },
    });
    // √(1000² · (0.95·0.05 + 0.8·0.2 + 0.4·0.6))
    expect(spreadOf(whole as never)).toBe(669);
  });

  test.each([
    ['2026-01-01', '2026-Q1', '2026-01-01'],
    ['2026-03-31', '2026-Q1', '2026-01-01'],
    ['2026-12-31', '2026-Q4', '2026-10-01'],
  ])('%s is of %s', (day, quarter, first) => {
    expect(quarterOf(day as Day)).toBe(quarter);
    expect(firstOfQuarter(day as Day)).toBe(first);
  });

  const anyOne = fc.record({
    dueOn: fc.integer({ min: epoch('2026-10-01'), max: epoch('2027-12-01') }).map(dayFromEpoch),
    segment: fc.constantFrom('smb', 'mid'),
    ownerEmail: fc.constantFrom('a@x.example', null),
    region: fc.constantFrom('EMEA', null),
    product: fc.constantFrom('P', 'Q', null),
    due: fc.nat(1e8),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    category: fc.constantFrom<Category>('won', 'commit', 'best_case', 'at_risk', 'lost'),
  });

  test('every cut, by month and by quarter, adds up to the same', () => {
    fc.assert(
      fc.property(fc.array(anyOne, { maxLength: 30 }), (list) => {
        const tally = forecastTally();
        for (const { share, ...rest } of list) {
          const expected = rest.category === 'lost' ? 0 : Math.round(rest.due * share);
          tally.add({ ...rest, expected, upsell: 0, target: 0, probability: share });
        }
        const sums = tally.sums();
        const total = (
          cut: string,
          kind: string,
          of: 'due' | 'expected' | 'won' | 'lost' | 'open',
        ) =>
          sums
            .filter((sum) => sum.cut === cut && sum.periodKind === kind)
            .reduce((all, sum) => all + sum[of], 0);
        for (const of of ['due', 'expected', 'won', 'lost', 'open'] as const) {
          const whole = total('all', 'quarter', of);
          for (const cut of ['all', 'segment', 'owner', 'region', 'product']) {
            expect(total(cut, 'month', of)).toBe(whole);
            expect(total(cut, 'quarter', of)).toBe(whole);
          }
        }
        for (const sum of sums) expect(sum.won + sum.lost + sum.open).toBe(sum.due);
      }),
    );
  });
});

describe('the walk', () => {
  const line = (
    quarter: string,
    expected: number,
    category: Category = 'commit',
  ): ForecastLine => ({
    ...{ quarter, expected, category },
  });
  const [q4, q1] = ['2026-Q4', '2027-Q1'];

  test.each([
    ['new', null, line(q4, 70), q4, { added: 70, closing: 70 }],
    [
      'won for more than was expected',
      line(q4, 70),
      line(q4, 100, 'won'),
      q4,
      { opening: 70, won: 30, closing: 100 },
    ],
    ['lost', line(q4, 70), line(q4, 0, 'lost'), q4, { opening: 70, lost: -70, closing: 0 }],
    ['more of it', line(q4, 70), line(q4, 90), q4, { up: 20 }],
    ['less of it', line(q4, 70), line(q4, 50), q4, { down: -20 }],
    ['moved out', line(q4, 70), line(q1, 60), q4, { opening: 70, movedOut: -70, closing: 0 }],
    [
      'and in, with what has changed besides',
      line(q4, 70),
      line(q1, 60),
      q1,
      { movedIn: 70, down: -10, closing: 60 },
    ],
    ['gone', line(q4, 70), null, q4, { gone: -70, closing: 0 }],
    ['won before, amended since', line(q4, 70, 'won'), line(q4, 60, 'won'), q4, { down: -10 }],
  ] as const)('%s', (_, before, after, quarter, expected) => {
    const walk = walkTally(q4);
    walk.add(before, after);
    expect(walk.rows().find((row) => row.quarter === quarter)).toMatchObject(expected);
  });

  test('quarters that are over are in neither', () => {
    const walk = walkTally(q4);
    walk.add(line('2026-Q3', 50), line('2026-Q3', 0, 'lost'));
    walk.add(line('2026-Q3', 50), line(q4, 50));
    expect(walk.rows()).toMatchObject([
      { quarter: q4, opening: 0, added: 50, closing: 50 },
      { quarter: 'all', opening: 0, closing: 50 },
    ]);
  });

  test('opening and all changes are the closing, to the cent, in every quarter', () => {
    const category = fc.constantFrom<Category>('won', 'commit', 'best_case', 'at_risk', 'lost');
    const anyLine = fc.option(
      fc.record({
        quarter: fc.constantFrom('2026-Q3', q4, q1, '2027-Q2'),
        expected: fc.nat(1e9),
        category,
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(anyLine, anyLine), { maxLength: 40 }), (pairs) => {
        const walk = walkTally(q4);
        for (const [before, after] of pairs) walk.add(before, after);
        for (const row of walk.rows()) {
          const { added, won, lost, movedIn, movedOut, up, down, gone } = row;
          const changes = added + won + lost + movedIn + movedOut + up + down + gone;
          expect(row.opening + changes).toBe(row.closing);
        }
        const whole = walk.rows().at(-1);
        // What leaves one quarter comes into another.
        expect((whole?.movedIn ?? 0) + (whole?.movedOut ?? 0)).toBe(0);
      }),
    );
  });
});

describe('how good forecasts were', () => {
  const frozen = (dueOn: string, expected: number, actual: number, change = {}) => ({
    ...{ segment: 'smb', ownerEmail: null, horizonDays: 60, dueOn: dueOn as Day, due: 100 },
    ...{ expected, actual },
    ...change,
  });

  test('misses even out within a month, and not between single renewals', () => {
    const tally = accuracyTally();
    tally.add(frozen('2026-10-03', 80, 100));
    tally.add(frozen('2026-10-20', 80, 40));
    tally.add(frozen('2026-11-02', 50, 60));
    const whole = tally.rows().find(({ cut, horizonDays }) => cut === 'all' && horizonDays === 60);
    // Months: |140 − 160| + |60 − 50| = 30; single: 20 + 40 + 10 = 70; of 200.
    expect(whole).toMatchObject({
      renewals: 3,
      forecast: 210,
      actual: 200,
      wape: 0.15,
      wapeSingle: 0.35,
      bias: 0.05,
    });
  });

  test.each([
    ['nothing has met its outcome', [], /no forecast frozen 60 days before/],
    ['nothing stayed', [frozen('2026-10-03', 80, 0)], /nothing stayed/],
  ])('%s: no figure, and why', (_, list, reason) => {
    const tally = accuracyTally();
    for (const snapshot of list) tally.add(snapshot);
    const whole = tally.rows().find(({ cut, horizonDays }) => cut === 'all' && horizonDays === 60);
    expect(whole).toMatchObject({ wape: null, bias: null });
    expect(whole?.reason).toMatch(reason);
  });

  test('every horizon is told of, and segments and owners that have any', () => {
    const tally = accuracyTally();
    tally.add(frozen('2026-10-03', 80, 100, { ownerEmail: 'a@x.example' }));
    expect(
      tally.rows().map(({ cut, cutValue, horizonDays }) => `${cut} ${cutValue} ${horizonDays}`),
    ).toEqual([
      ...['all all 120', 'all all 90', 'all all 60', 'all all 30'],
      ...['segment smb 60', 'owner a@x.example 60'],
    ]);
  });
});
