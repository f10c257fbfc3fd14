import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  figureAt,
  kaplanMeier,
  type Observation,
  survivalAt,
} from '../../../shared/revenue/survival.ts';

const left = (time: number, events = 1): Observation => ({ time, events, censored: 0 });
const here = (time: number, censored = 1): Observation => ({ time, events: 0, censored });

/** The aml data set of R's survival package, with what `summary(survfit(...))` prints of it. */
const maintained = [
  ...[left(9), left(13), here(13), left(18), left(23), here(28), left(31), left(34)],
  ...[here(45), left(48), here(161)],
];
const notMaintained = [
  ...[left(5, 2), left(8, 2), left(12), here(16), left(23), left(27), left(30), left(33)],
  ...[left(43), left(45)],
];

describe('a curve', () => {
  test.each([
    ['maintained', maintained, 9, [11, 1, 0.909, 0.0867, 0.7541, 1]],
    ['maintained, with one seen last that day', maintained, 13, [10, 1, 0.818, 0.1163, 0.6192, 1]],
    ['maintained', maintained, 18, [8, 1, 0.716, 0.1397, 0.4884, 1]],
    ['maintained', maintained, 23, [7, 1, 0.614, 0.1526, 0.3769, 0.999]],
    ['maintained', maintained, 31, [5, 1, 0.491, 0.1642, 0.2549, 0.946]],
    ['maintained', maintained, 34, [4, 1, 0.368, 0.1627, 0.1549, 0.875]],
    ['maintained', maintained, 48, [2, 1, 0.184, 0.1535, 0.0359, 0.944]],
    ['not maintained', notMaintained, 5, [12, 2, 0.8333, 0.1076, 0.647, 1]],
    ['not maintained', notMaintained, 8, [10, 2, 0.6667, 0.1361, 0.4468, 0.995]],
    ['not maintained', notMaintained, 12, [8, 1, 0.5833, 0.1423, 0.3616, 0.941]],
    ['not maintained', notMaintained, 43, [2, 1, 0.0972, 0.0919, 0.0153, 0.62]],
  ])('is what R prints of aml, %s (%#)', (_, observations, time, printed) => {
    const step = kaplanMeier(observations).find((one) => one.time === time);
    const found = [step?.atRisk, step?.events, step?.survival, step?.stdError];
    for (const [at, value] of [...found, step?.lower, step?.upper].entries()) {
      expect(Math.abs((value as number) - (printed[at] as number))).toBeLessThanOrEqual(5.01e-4);
    }
  });

  test('has no error and no limits once nobody is left', () => {
    expect(kaplanMeier(notMaintained).at(-1)).toEqual({
      ...{ time: 45, atRisk: 1, events: 1, survival: 0 },
      ...{ stdError: null, lower: null, upper: null },
    });
  });

  const certain = { survival: 1, stdError: 0, lower: 1, upper: 1 };

  test.each([
    ['of nobody has no step', [], []],
    ['does not see times at which nobody was seen', [left(3, 0), here(4, 0)], []],
    ['stays at 1 while nobody leaves', [here(2, 3)], [{ time: 2, atRisk: 3, ...certain }]],
    [
      'takes the same time twice as one step',
      [left(2), here(5, 2), left(2)],
      [{ time: 2, atRisk: 4, events: 2, survival: 0.5, stdError: 0.25 }, { time: 5 }],
    ],
    [
      'counts who was last seen at a time among those at risk in it',
      [{ time: 1, events: 1, censored: 1 }, here(2)],
      [
        { time: 1, atRisk: 3, survival: 2 / 3 },
        { time: 2, atRisk: 1 },
      ],
    ],
  ])('%s', (_, observations, steps) => {
    const found = kaplanMeier(observations);
    expect(found.length).toBe(steps.length);
    expect(found).toMatchObject(steps);
  });
});

describe('read at a time', () => {
  const steps = kaplanMeier([left(10), here(20), left(30), here(40)]);

  test.each([
    ['before anyone left', 5, { atRisk: 4, survival: 1, stdError: 0, lower: 1, upper: 1 }],
    ['at the time of a step', 10, { atRisk: 4, survival: 0.75 }],
    ['between steps', 15, { atRisk: 3, survival: 0.75 }],
    ['where someone was last seen', 20, { atRisk: 3, survival: 0.75 }],
    ['after one was last seen', 21, { atRisk: 2, survival: 0.75 }],
    ['at the last time', 40, { atRisk: 1, survival: 0.375 }],
  ])('%s', (_, time, point) => {
    expect(survivalAt(steps, time)).toMatchObject(point);
  });

  test('it says nothing past the last time that was observed, nor of nobody', () => {
    expect(survivalAt(steps, 41)).toBeNull();
    expect(survivalAt([], 0)).toBeNull();
  });

  const hidden = { survival: null, stdError: null, lower: null, upper: null };

  test.each([
    ['enough at risk', 21, 2, { atRisk: 2, survival: 0.75, reason: null }],
    ['too few', 21, 3, { atRisk: 2, ...hidden, reason: 'fewer than 3 customers at risk' }],
    ['nobody', 41, 1, { atRisk: 0, ...hidden, reason: 'nobody at risk' }],
  ])('shown or hidden: %s', (_, time, smallest, figure) => {
    expect(figureAt(steps, time, smallest)).toMatchObject(figure);
  });
});

describe('whatever is observed', () => {
  const anyone = fc.record({ time: fc.nat(30), events: fc.nat(4), censored: fc.nat(4) });
  const anything = fc.array(anyone, { maxLength: 25 });

  test('the curve falls from 1 to 0 or less far, and lies within its limits', () => {
    fc.assert(
      fc.property(anything, (observations) => {
        let before = 1;
        for (const { survival, lower, upper, stdError } of kaplanMeier(observations)) {
          expect(survival).toBeLessThanOrEqual(before);
          expect(survival).toBeGreaterThanOrEqual(0);
          before = survival;
          if (survival === 0) expect([lower, upper, stdError]).toEqual([null, null, null]);
          else {
            expect(stdError).toBeGreaterThanOrEqual(0);
            expect(lower).toBeLessThanOrEqual(survival);
            expect(upper).toBeGreaterThanOrEqual(survival);
            expect(upper).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  test('steps are in order, and lose whom they count', () => {
    fc.assert(
      fc.property(anything, (observations) => {
        const steps = kaplanMeier(observations);
        const sum = (of: (one: Observation) => number) =>
          observations.reduce((whole, one) => whole + of(one), 0);
        expect(steps[0]?.atRisk ?? 0).toBe(sum(({ events, censored }) => events + censored));
        expect(steps.reduce((whole, { events }) => whole + events, 0)).toBe(
          sum(({ events }) => events),
        );
        const times = steps.map(({ time }) => time);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      }),
    );
  });

  test('the order of observations is of no matter, nor whether they come one by one', () => {
    fc.assert(
      fc.property(anything, (observations) => {
        const each = observations.flatMap(({ time, events, censored }) => [
          ...Array.from({ length: censored }, () => here(time)),
          ...Array.from({ length: events }, () => left(time)),
        ]);
        const steps = kaplanMeier(observations);
        expect(kaplanMeier([...observations].reverse())).toEqual(steps);
        expect(kaplanMeier(each)).toEqual(steps);
      }),
    );
  });

  test('with nobody censored the curve is the share left, with the error of a share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 40 }), (times) => {
        const count = times.length;
        for (const { time, survival, stdError } of kaplanMeier(times.map((one) => left(one)))) {
          const share = times.filter((one) => one > time).length / count;
          expect(survival).toBeCloseTo(share, 12);
          if (share > 0) expect(stdError).toBeCloseTo(Math.sqrt((share * (1 - share)) / count), 12);
        }
      }),
    );
  });
});

/** Other people's data with what R makes of it; it lies outside the repository. */
const cases = process.env.HOLDFAST_CASES;

const csv = (...path: string[]): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(join(cases ?? '', ...path), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [names[at] as string, cell])),
  );
};

describe.skipIf(cases === undefined)('against R', () => {
  test('waltons: every step of both groups, to 1 part in 1,000,000,000', () => {
    const data = csv('kaplan-meier', 'waltons.csv');
    const expected = csv('kaplan-meier', 'waltons_km_expected.csv');
    const found = ['control', 'miR-137'].flatMap((group) => {
      const own = data.filter((row) => row.group === group);
      const steps = kaplanMeier(own.map(({ T, E }) => (E === '1' ? left : here)(Number(T))));
      return steps.filter(({ events }) => events > 0).map((step) => ({ group, ...step }));
    });
    expect(found.length).toBe(33);
    expect(found.length).toBe(expected.length);
    for (const [at, row] of expected.entries()) {
      const { group, time, atRisk, events, survival, stdError } = found[at] as (typeof found)[0];
      expect([group, time, atRisk, events].join()).toBe(
        [row.group, row.time, row.n_risk, row.n_event].join(),
      );
      expect(Math.abs(survival - Number(row.surv))).toBeLessThan(1e-9);
      if (row.se === 'NaN') expect(stdError).toBeNull();
      else expect(Math.abs((stdError as number) - Number(row.se))).toBeLessThan(1e-9);
    }
  });

  test('telco: tenure to churn by contract, and of all', () => {
    const data = csv('telco', 'Telco-Customer-Churn.csv');
    const curveOf = (rows: typeof data) =>
      kaplanMeier(rows.map(({ tenure, Churn }) => (Churn === 'Yes' ? left : here)(Number(tenure))));
    const expected = csv('kaplan-meier', 'telco_km_expected.csv');
    expect(expected.length).toBe(18);
    for (const row of expected) {
      const curve = curveOf(data.filter(({ Contract }) => Contract === row.contract));
      const point = survivalAt(curve, Number(row.month));
      expect(point?.atRisk, `${row.contract} ${row.month}`).toBe(Number(row.n_risk));
      expect(Math.abs((point?.survival ?? 0) - Number(row.surv))).toBeLessThan(1e-8);
      expect(Math.abs((point?.stdError ?? 0) - Number(row.se))).toBeLessThan(1e-8);
    }
    const whole = curveOf(data);
    const published = { 12: 0.8431996, 24: 0.7887364, 60: 0.6644039, 72: 0.5927902 };
    for (const [month, survival] of Object.entries(published)) {
      expect(survivalAt(whole, Number(month))?.survival).toBeCloseTo(survival, 7);
    }
  });
});
