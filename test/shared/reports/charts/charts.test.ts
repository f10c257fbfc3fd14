import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../../shared/basics/day.ts';
import { bridgeChart } from '../../../../shared/reports/charts/bridge-chart.ts';
import type { Chart } from '../../../../shared/reports/charts/chart.ts';
import { healthMixChart } from '../../../../shared/reports/charts/health-mix-chart.ts';
import { renewalsByWeekChart } from '../../../../shared/reports/charts/renewals-by-week-chart.ts';
import { trendChart } from '../../../../shared/reports/charts/trend-chart.ts';
import { style, tones } from '../../../../shared/reports/mail-style.ts';
import { chartRules, colours, colourVariables } from '../../../../shared/reports/palette.ts';
import {
  anyBridge,
  anyCurrency,
  anySegments,
  anyTrend,
  anyWeeks,
  anyWidth,
} from '../../../kit/chart-data.ts';
import { faultsOf, marksOf } from '../../../kit/chart-marks.ts';

const textsOf = (svg: string): string[] => marksOf(svg).flatMap(({ text }) => text || []);

const dots = (svg: string) => marksOf(svg).filter(({ name }) => name === 'circle');

describe('whatever the figures are, all lies within the chart and no text on another', () => {
  const isFaultless = (chart: Chart): void => {
    expect(faultsOf(chart)).toEqual([]);
  };

  test('in the trend', () => {
    fc.assert(fc.property(anyTrend, (trend) => isFaultless(trendChart(trend))));
  });

  test('in the bridge', () => {
    fc.assert(fc.property(anyBridge, (bridge) => isFaultless(bridgeChart(bridge))));
  });

  test('in the health mix', () => {
    fc.assert(
      fc.property(anySegments, anyCurrency, anyWidth, (segments, currency, width) =>
        isFaultless(healthMixChart({ segments, currency, width })),
      ),
    );
  });

  test('in the renewals by week', () => {
    fc.assert(
      fc.property(anyWeeks, anyCurrency, anyWidth, (weeks, currency, width) =>
        isFaultless(renewalsByWeekChart({ weeks, currency, width })),
      ),
    );
  });
});

describe('the trend', () => {
  const targets = { nrr: 1.1, grr: 0.92 };
  const month = (name: string, nrr: number | null, grr: number | null) => ({
    month: name,
    nrr,
    grr,
  });

  test('says its last values, its targets and where it came from', () => {
    const { svg, alt } = trendChart({
      months: [
        month('2026-09', 1.062, 0.929),
        month('2026-10', 1.081, 0.92),
        month('2026-11', 1.115, 0.911),
      ],
      targets,
    });
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'NRR',
        '111.5 %',
        'Target 110 %',
        'GRR',
        '91.1 %',
        'Target 92 %',
        'Nov ’26',
      ]),
    );
    expect(alt).toBe(
      'NRR 111.5 % in Nov 2026, target 110 %; from 106.2 % in Sep 2026; lowest 106.2 % in Sep 2026; highest 111.5 % in Nov 2026. ' +
        'GRR 91.1 % in Nov 2026, target 92 %; from 92.9 % in Sep 2026; lowest 91.1 % in Nov 2026; highest 92.9 % in Sep 2026.',
    );
  });

  test('draws a point equally high in both panels', () => {
    const { svg } = trendChart({
      months: [month('2026-10', 1.0, 0.95), month('2026-11', 1.1, 0.9)],
      targets: { nrr: null, grr: null },
    });
    const lines = marksOf(svg).filter(
      ({ name, colour }) => name === 'path' && /^(first|second)$/.test(colour),
    );
    const [nrr, grr] = lines.map(({ box }) => box.height);
    expect(nrr).toBeCloseTo((grr as number) * 2, 0);
  });

  test('leaves a gap where a month has no figure or is missing altogether', () => {
    const rows = ['2026-01', '2026-02', '2026-03', '2026-05', '2026-06'].map((name) =>
      month(name, name === '2026-02' ? null : 1, null),
    );
    const { svg, alt } = trendChart({ months: rows, targets });
    const line = /<path d="([^"]*)" class="s-first"/.exec(svg)?.[1] ?? '';
    // January and March stand alone; May and June are one stroke.
    expect(line.split('M')).toHaveLength(4);
    expect(dots(svg)).toHaveLength(2 * 3);
    expect(alt).toContain('no figure for 2 months');
    expect(textsOf(svg)).toContain('no figure yet');
  });

  test('of one month is a dot, and of none a sentence', () => {
    const { svg } = trendChart({ months: [month('2026-11', 1.034, 0.902)], targets });
    expect(dots(svg).length).toBeGreaterThan(1);
    expect(textsOf(svg)).toContain('one month so far, Nov ’26');
    expect(trendChart({ months: [], targets }).alt).toBe('No month has an NRR or GRR yet.');
    const unknown = [month('2026-11', null, Number.NaN)];
    expect(trendChart({ months: unknown, targets }).alt).toBe('No month has an NRR or GRR yet.');
  });
});

describe('the bridge', () => {
  const flat = {
    opening: 1e9,
    newBusiness: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    closing: 1e9,
  };
  const currency = 'USD';

  test('adds up by eye: every bar begins where the one before ended', () => {
    const { svg, alt } = bridgeChart({
      ...{
        opening: 4.82e9,
        newBusiness: 142e6,
        expansion: 186e6,
        contraction: -54e6,
        churn: -91e6,
      },
      ...{ closing: 5.003e9, currency, from: toDay('2026-08-22'), to: toDay('2026-11-22') },
    });
    const bars = marksOf(svg).filter(
      ({ name, colour }) => name === 'rect' && /^(plain|good|bad)$/.test(colour),
    );
    expect(bars.map(({ colour }) => colour)).toEqual([
      'plain',
      'good',
      'good',
      'bad',
      'bad',
      'plain',
    ]);
    const top = (index: number) => bars[index]?.box.y as number;
    const foot = (index: number) => top(index) + (bars[index]?.box.height as number);
    expect(foot(1)).toBeCloseTo(top(0), 1);
    expect(foot(2)).toBeCloseTo(top(1), 1);
    expect(top(3)).toBeCloseTo(top(2), 1);
    expect(top(4)).toBeCloseTo(foot(3), 1);
    expect(top(5)).toBeCloseTo(foot(4), 1);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        '$48.2M',
        '+$1.42M',
        '−$540K',
        'The vertical axis does not start at zero.',
      ]),
    );
    expect(alt).toBe(
      'ARR from 22 Aug to 22 Nov: Opening $48.2M, new +$1.42M, expansion +$1.86M, contraction −$540K, churn −$910K, Closing $50.03M.',
    );
  });

  test.each([
    ['what the movements leave unexplained', { closing: 1.5e9 }, 'Other'],
    ['what rates did', { fx: -1e8, closing: 9e8 }, 'Currency'],
    ['customers that came back', { reactivation: 1e8, closing: 1.1e9 }, 'Won back'],
    ['agreed uplifts', { escalator: 1e8, closing: 1.1e9 }, 'Uplift'],
  ])('shows %s, and nothing of the kind where there is none', (_, change, name) => {
    expect(textsOf(bridgeChart({ ...flat, ...change, currency }).svg)).toContain(name);
    expect(textsOf(bridgeChart({ ...flat, currency }).svg)).not.toContain(name);
  });

  test('starts at zero where the moves can be seen so, and goes below where ARR does', () => {
    const small = bridgeChart({ ...flat, churn: -8e8, closing: 2e8, currency });
    expect(small.svg).not.toContain('does not start at zero');
    const below = bridgeChart({ ...flat, contraction: -3e9, closing: -2e9, currency });
    expect(textsOf(below.svg)).toEqual(expect.arrayContaining(['−$30M', '−$20M']));
  });

  test('says the currency below where it has no room above the bars', () => {
    const { svg } = bridgeChart({ ...flat, fx: -1e8, closing: 1.5e9, currency: 'CHF', width: 340 });
    expect(textsOf(svg).join(' ')).toContain('Amounts in CHF.');
  });

  test('of nothing is a sentence', () => {
    const nothing = { ...flat, opening: 0, closing: 0, currency };
    expect(bridgeChart(nothing).alt).toBe('No ARR at the opening, and none came.');
  });
});

describe('the health mix', () => {
  const none = { arr: 0, accounts: 0 };
  const mix = (segment: string, arr: number[], accounts = 10) => {
    const [green, yellow, red, unscored] = [0, 1, 2, 3].map((index) =>
      arr[index] ? { arr: arr[index], accounts } : none,
    ) as [typeof none, typeof none, typeof none, typeof none];
    return { segment, green, yellow, red, unscored };
  };
  const chartOf = (...segments: ReturnType<typeof mix>[]) =>
    healthMixChart({ segments, currency: 'USD' });

  test('gives every band its letter and share, on its area or below', () => {
    const { svg, alt } = chartOf(mix('SMB', [97e6, 2e6, 1e6, 4000]));
    const texts = textsOf(svg);
    expect(texts).toEqual(
      expect.arrayContaining(['G 97 %', 'Y 2 % · R 1 % · U <1 %', '$1M · 40 accounts']),
    );
    expect(texts).toEqual(expect.arrayContaining(['G', 'Green', 'R', 'Red', 'U', 'Unscored']));
    expect(alt).toContain(
      'SMB: $1M, 40 accounts: green 97 % ($970K, 10), yellow 2 % ($20K, 10), red 1 % ($10K, 10)',
    );
  });

  test('speaks of unscored accounts only where there are some', () => {
    expect(textsOf(chartOf(mix('SMB', [1e6, 1e6])).svg)).not.toContain('Unscored');
  });

  test('calls a segment by its place where the font lacks its signs, and says so in words', () => {
    const { svg, alt } = chartOf(
      mix('Öffentliche Hand', [1e6]),
      mix('株式会社', [1e6]),
      mix(' \u202e ', [1e6]),
    );
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['Öffentliche Hand', 'segment 2', 'segment 3']),
    );
    expect(svg.replace(/aria-label="[^"]*"/, '')).not.toContain('株');
    expect(alt).toContain('segment 2 (its name, 株式会社, cannot be drawn)');
    expect(alt).not.toContain('\u202e');
  });

  test('cuts a long name between two characters, and lets none become markup', () => {
    const { svg } = chartOf(mix(`<script>${'W'.repeat(300)}`, [1e6]));
    expect(svg).not.toContain('<script');
    expect(textsOf(svg).find((text) => text.startsWith('<script>W'))).toMatch(/W…$/);
  });

  test('of more than twelve segments makes the smallest one row', () => {
    const many = Array.from({ length: 15 }, (_, index) => mix(`S${index}`, [(index + 1) * 1e6]));
    const texts = textsOf(chartOf(...many).svg);
    expect(texts).toContain('4 other segments');
    expect(texts).toContain('$100K · 40 accounts');
    expect(texts).not.toContain('S3');
    expect(texts).toContain('S4');
  });

  test('of a segment without ARR says so, and of no accounts at all too', () => {
    const empty = { ...mix('SMB', []), unscored: { arr: 0, accounts: 7 } };
    expect(textsOf(chartOf(empty).svg)).toEqual(
      expect.arrayContaining(['no ARR', '$0 · 7 accounts']),
    );
    expect(chartOf().alt).toBe('No account has a health band yet.');
  });
});

describe('the renewals by week', () => {
  const week = (weekOf: string, change = {}) => ({
    ...{ weekOf: toDay(weekOf), renewals: 3, commit: 0, bestCase: 0, atRisk: 0, ...change },
  });

  test('stacks what is sure below what is not, and names the parts', () => {
    const { svg, alt } = renewalsByWeekChart({
      weeks: [
        week('2026-11-23', { commit: 4e7, bestCase: 2e7, atRisk: 1e7 }),
        week('2026-11-30', { won: 3e7 }),
      ],
      currency: 'USD',
    });
    const bars = marksOf(svg).filter(
      ({ name, box }) => name === 'rect' && box.width > 16 && box.height < 170,
    );
    expect(bars.map(({ colour }) => colour)).toEqual(['good', 'warn', 'bad', 'plain']);
    expect(bars[0]?.box.y).toBeGreaterThan(bars[1]?.box.y as number);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['$700K', 'C', 'B', 'R', 'W', '23 Nov', '6 renewals, ARR by week']),
    );
    expect(alt).toBe(
      '$1M up for renewal in 2 weeks, 6 renewals. By the week that begins: ' +
        '23 Nov: $700K, 3 renewals (commit $400K, best case $200K, at risk $100K); 30 Nov: $300K, 3 renewals (won $300K).',
    );
  });

  test('of nothing is a sentence', () => {
    const weeks = [week('2026-11-23'), week('2026-11-30')];
    expect(renewalsByWeekChart({ weeks, currency: 'USD' }).alt).toBe(
      'No ARR is up for renewal in these 2 weeks.',
    );
    expect(renewalsByWeekChart({ weeks: [], currency: 'USD' }).alt).toBe('No renewals are known.');
  });
});

describe('the colours', () => {
  const light = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Source: WCAG 2.2, contrast ratio.
  const contrast = (one: string, other: string) => {
    const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  test.each([
    ...(['ink', 'body', 'muted', 'goodWords', 'badWords', 'first', 'second'] as const).map(
      (name) => [name, 'ground'] as const,
    ),
    ...([
      ['onGood', 'good'],
      ['onWarn', 'warn'],
      ['onBad', 'bad'],
      ['onPlain', 'plain'],
      ['body', 'track'],
    ] as const),
  ])('%s can be read on %s, in both themes', (words, ground) => {
    for (const theme of ['light', 'dark'] as const) {
      expect(contrast(colours[words][theme], colours[ground][theme])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('are those of the mail around the charts', () => {
    const mail = [style.ink, style.body, style.muted, style.line].join(';');
    for (const name of ['ink', 'body', 'muted', 'line'] as const) {
      expect(mail).toContain(`color:${colours[name].light}`);
    }
    expect(tones.good.color).toBe(colours.goodWords.light);
    expect(tones.bad.color).toBe(colours.badWords.light);
  });

  test('a page can set every colour that a chart uses', () => {
    const chart = bridgeChart({
      ...{
        opening: 1e9,
        newBusiness: 1e8,
        expansion: 0,
        contraction: 0,
        churn: -1e8,
        closing: 1e9,
      },
      currency: 'USD',
    });
    const classes = [...chart.svg.matchAll(/class="([fs])-(\w+)"/g)];
    expect(classes.length).toBeGreaterThan(10);
    for (const [, kind, name] of classes) {
      expect(chartRules).toContain(`.chart .${kind}-${name}{`);
      expect(colourVariables('dark')).toContain(`--${name}:`);
    }
    expect(chart.svg).not.toContain('style=');
  });
});
