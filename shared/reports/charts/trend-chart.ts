import type { Html } from '../escape.ts';
import { type Chart, framed, sayingChart, widthOf } from './chart.ts';
import { percentWords, targetWords } from './chart-words.ts';
import { monthAxis } from './month-axis.ts';
import { textWidth } from './text-width.ts';
import { trendPanel } from './trend-panel.ts';
import { type Series, seriesWords, type Trend, trendSeries } from './trend-series.ts';

/** Pixels for both panels' ranges, and the most that a whole (100 points) may take. */
const BUDGET = 170;
const STEEPEST = 2000;

/** One month has no slope to show, so it takes less room. */
const STEEPEST_ALONE = 500;

/**
 * NRR above GRR, each in its own range but a point equally high in both, so that slopes compare.
 * A month without a figure is a gap, never a straight line across it.
 */
export const trendChart = (trend: Trend): Chart => {
  const width = widthOf(trend.width);
  const series = trendSeries(trend);
  if (series.every(({ known }) => known.length === 0)) {
    return sayingChart('No month has an NRR or GRR yet.', width);
  }
  const axis = series[0]?.points.map(({ month }) => month) ?? [];
  const room = { left: 6, right: width - gutterOf(series) };
  const steepest = axis.length === 1 ? STEEPEST_ALONE : STEEPEST;
  const scale = Math.min(steepest, BUDGET / (series.map(rangeOf).reduce((a, b) => a + b) || 1));
  const marks: Html[] = [];
  let top = 0;
  for (const [index, one] of series.entries()) {
    const panel = trendPanel({ series: one, isFirst: index === 0, top, scale, room, axis });
    marks.push(...panel.marks);
    top = panel.bottom + 14;
  }
  marks.push(...monthAxis({ axis, y: top + 4, room }));
  const alt = series.map(seriesWords).join(' ');
  return framed({ width, height: top + 14, alt, marks });
};

/** What a series spans, its target included, so that the distance to it is always in the picture. */
function rangeOf({ known, target }: Series): number {
  const values = [...known.map(({ ratio }) => ratio), ...(target === null ? [] : [target])];
  return known.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** Room right of the lines for their last value and the target. */
function gutterOf(series: readonly Series[]): number {
  const widest = series.flatMap(({ known, target }) => [
    textWidth(percentWords(known.at(-1)?.ratio ?? 0), 18, 600),
    target === null ? 0 : textWidth(`Target ${targetWords(target)}`, 13),
  ]);
  return Math.ceil(Math.max(...widest)) + 18;
}
