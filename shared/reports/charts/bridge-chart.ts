import { type ScaleLinear, scaleBand, scaleLinear } from 'd3-scale';
import { type Html, html } from '../escape.ts';
import type { Colour } from '../palette.ts';
import { shortDay } from '../words/days.ts';
import { type Bar, nameLabels, valueLabels } from './bridge-labels.ts';
import { type Bridge, bridgeSteps, type Step } from './bridge-steps.ts';
import { type Chart, framed, sayingChart, widthOf } from './chart.ts';
import { amountWords } from './chart-money.ts';
import {
  type Box,
  barMark,
  type Label,
  labelBox,
  labelMark,
  levelMark,
  pathMark,
  px,
} from './marks.ts';

const HEIGHT = 180;

/** The axis is cut where all levels lie above this part of the highest: else the moves are slivers. */
const CUT_FROM = 0.5;

/** A movement that is not nothing can always be seen. */
const LEAST_BAR = 2;

/** How ARR got from the opening to the closing: a waterfall, and what the bars say in numbers. */
export const bridgeChart = (options: Bridge & { currency: string; width?: number }): Chart => {
  const { currency } = options;
  const width = widthOf(options.width);
  const steps = bridgeSteps(options);
  const alt = bridgeWords(steps, options, currency);
  if (steps.every(({ amount }) => amount === 0)) {
    return sayingChart('No ARR at the opening, and none came.', width);
  }
  const { low, high } = domainOf(steps);
  const isCut = low > 0;
  const y = scaleLinear([low, high], [HEIGHT, 0]);
  const { bars, step } = barsOf(steps, y, width);
  const { labels, says } = valueLabels(bars, { currency, step, width });
  const top = Math.ceil(2 - Math.min(0, ...labels.map((label) => labelBox(label).y)));
  const names = nameLabels(bars, options, { y: top + HEIGHT + 18, step, width });
  const notes = [says, isCut ? 'The vertical axis does not start at zero.' : null]
    .filter((note) => note !== null)
    .join(' ');
  const foot = Math.max(...names.map(({ y: line }) => line)) + (notes === '' ? 8 : 22);
  const note: Label = { text: notes, x: 0, y: foot, size: 12, colour: 'muted' };
  const totals = bars.filter((bar) => bar.step.kind === 'total');
  const marks: Html[] = [
    levelMark({ x1: 0, x2: width, y: top + (isCut ? HEIGHT : y(0)) + 0.5 }, 'line'),
    ...connectors(bars, y, top),
    ...bars.map((bar) => barMark({ ...bar.box, y: bar.box.y + top }, colourOf(bar.step))),
    ...(isCut ? totals.map(({ box }) => breakMark(box, top)) : []),
    ...[...labels.map((label) => ({ ...label, y: label.y + top })), ...names].map(labelMark),
    ...(notes === '' ? [] : [labelMark(note)]),
  ];
  return framed({ width, height: foot + (notes === '' ? 0 : 6), alt, marks });
};

function domainOf(steps: readonly Step[]): { low: number; high: number } {
  const levels = steps.flatMap(({ kind, from, to }) => (kind === 'total' ? [to] : [from, to]));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const isCut = low > high * CUT_FROM && high > low;
  if (isCut) return { low: Math.max(low - (high - low) * 0.35, 0), high };
  return { low: Math.min(0, low), high: Math.max(0, high) };
}

function barsOf(
  steps: readonly Step[],
  y: ScaleLinear<number, number>,
  width: number,
): { bars: readonly Bar[]; step: number } {
  const names = steps.map(({ name }) => name);
  const band = scaleBand(names, [0, width]).paddingInner(0.26).paddingOuter(0.06);
  const [floor] = y.domain() as [number, number];
  const bars = steps.map((step): Bar => {
    const ends = [y(Math.max(step.from, floor)), y(step.to)];
    const upper = Math.min(...ends);
    const height = Math.max(Math.max(...ends) - upper, LEAST_BAR);
    const at = { x: band(step.name) as number, y: Math.min(upper, HEIGHT - height) };
    return { step, box: { ...at, width: band.bandwidth(), height } };
  });
  return { bars, step: band.step() };
}

function colourOf({ kind, amount }: Step): Colour {
  if (kind === 'total' || amount === 0) return 'plain';
  return amount > 0 ? 'good' : 'bad';
}

/** Thin lines that carry a level from one bar to the next. */
function connectors(bars: readonly Bar[], y: ScaleLinear<number, number>, top: number): Html[] {
  return bars.slice(1).map(({ box }, index) => {
    const { box: before, step } = bars[index] as Bar;
    const level = y(step.to) + top;
    return levelMark({ x1: before.x + before.width, x2: box.x, y: level }, 'muted');
  });
}

/** A notch through a total that says: there is more below. */
function breakMark(box: Box, top: number): Html {
  const y = top + HEIGHT - 12;
  const [x1, x2] = [box.x - 1, box.x + box.width + 1];
  const path = `M${px(x1)},${y}L${px((x1 + x2) / 2)},${y - 6}L${px(x2)},${y}`;
  return pathMark(path, 'ground', html` stroke-width="3"`);
}

function bridgeWords(steps: readonly Step[], { from, to }: Bridge, currency: string): string {
  const parts = steps.map(({ name, kind, amount }) => {
    const said = kind === 'total' ? name : name.toLowerCase();
    return `${said} ${amountWords({ cents: amount, kind }, currency)}`;
  });
  const days =
    from === undefined || to === undefined
      ? ''
      : ` from ${shortDay(from, to)} to ${shortDay(to, to)}`;
  return `ARR${days}: ${parts.join(', ')}.`;
}
