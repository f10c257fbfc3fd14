import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromEpoch, dayToEpoch, toDay } from '../../../shared/basics/day.ts';
import { BRIDGE_MONTHS, calendarOf, type Period } from '../../../shared/revenue/calendar.ts';

const written = (asOf: string) => {
  const calendar = calendarOf(toDay(asOf));
  const period = ({ from, to }: Period) => `${calendar.days[from]} ${calendar.days[to]}`;
  const windows = calendar.windows.map(({ kind, ...window }) => `${kind} ${period(window)}`);
  return { calendar, months: calendar.months.map(period), windows };
};

describe('the calendar of a run', () => {
  test('within a month: 25 whole months, and the one that runs', () => {
    const { calendar, months, windows } = written('2026-11-22');
    expect(months).toHaveLength(26);
    expect(months[0]).toBe('2024-10-01 2024-11-01');
    expect(months.slice(-2)).toEqual(['2026-10-01 2026-11-01', '2026-11-01 2026-11-22']);
    expect(calendar.months.map(({ isPartial }) => isPartial).indexOf(true)).toBe(25);
    expect(windows).toHaveLength(27);
    expect(windows[0]).toBe('trailing_12_months 2023-11-01 2024-11-01');
    expect(windows.slice(-3)).toEqual([
      'trailing_12_months 2025-11-01 2026-11-01',
      'trailing_12_months 2025-11-22 2026-11-22',
      'year_to_date 2026-01-01 2026-11-22',
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'on the first of a month no month runs, and the twelve months are those of the month end',
      '2026-11-01',
      ['trailing_12_months 2025-11-01 2026-11-01', 'year_to_date 2026-01-01 2026-11-01'],
    ],
    [
      'on new year the year has not begun',
      '2026-01-01',
      ['trailing_12_months 2024-12-01 2025-12-01', 'trailing_12_months 2025-01-01 2026-01-01'],
    ],
    [
      'in January the year is part of a month',
      '2026-01-15',
      ['trailing_12_months 2025-01-15 2026-01-15', 'year_to_date 2026-01-01 2026-01-15'],
    ],
    [
      'from 29 February back to the 28th',
      '2024-02-29',
      ['trailing_12_months 2023-02-28 2024-02-29', 'year_to_date 2024-01-01 2024-02-29'],
    ],
  ])('%s', (_, asOf, last) => {
    expect(written(asOf).windows.slice(-2)).toEqual(last);
  });

  test('months back from the 31st end on the last day of shorter ones', () => {
    const { calendar } = written('2026-03-31');
    const anchored = calendar.windows.at(-2);
    const days = anchored?.steps.map((step) => calendar.days[calendar.steps[step]?.from as number]);
    expect(days?.slice(0, 4)).toEqual(['2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30']);
    expect(days?.at(-1)).toBe('2026-02-28');
  });
});

test('every calendar: days in order, months end to end, windows made of steps end to end', () => {
  const anyDay = fc.integer({ min: dayToEpoch(toDay('2000-01-01')), max: 40_000 });
  fc.assert(
    fc.property(anyDay.map(dayFromEpoch), (asOf) => {
      const { days, epochs, steps, months, windows, today } = calendarOf(asOf);
      expect(days).toEqual([...new Set(days)].sort());
      expect(epochs).toEqual(days.map(dayToEpoch));
      expect([today, days[today]]).toEqual([days.length - 1, asOf]);
      expect(new Set(steps.map(({ from, to }) => `${from} ${to}`)).size).toBe(steps.length);

      for (const [index, month] of months.entries()) {
        expect(steps[month.step]).toEqual({ from: month.from, to: month.to });
        expect(month.from).toBe(months[index - 1]?.to ?? month.from);
      }
      expect(months.at(-1)?.to).toBe(today);
      expect(months.filter(({ isPartial }) => !isPartial)).toHaveLength(BRIDGE_MONTHS);

      for (const { kind, from, to, steps: within } of windows) {
        const chain = within.map((step) => steps[step] as Period);
        expect([chain[0]?.from, chain.at(-1)?.to]).toEqual([from, to]);
        for (const [index, step] of chain.entries()) {
          expect(step.from).toBe(chain[index - 1]?.to ?? from);
        }
        if (kind === 'trailing_12_months') expect(chain).toHaveLength(12);
      }
    }),
    { numRuns: 40 },
  );
});
