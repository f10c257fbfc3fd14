import { scaleBand, scaleLinear } from 'd3-scale';
import { plural } from '../../basics/text.ts';
import type { Html } from '../escape.ts';
import { type Chart, framed, sayingChart, widthOf } from './chart.ts';
import { type Kind, legend } from './legend.ts';
import { type Box, barMark, type Label, labelMark, levelMark, stripesMark } from './marks.ts';
import {
  type Part,
  partNames,
  parts,
  type RenewalsOfWeek,
  toWeek,
  type Week,
  weeksWords,
} from './renewal-weeks.ts';
import { totalLabels, weekLabels } from './week-labels.ts';

const kinds: Readonly<Record<Part, Kind>> = {
  won: { letter: 'W', name: partNames.won, colour: 'plain', onColour: 'onPlain' },
  commit: { letter: 'C', name: partNames.commit, colour: 'good', onColour: 'onGood' },
  bestCase: { letter: 'B', name: partNames.bestCase, colour: 'warn', onColour: 'onWarn' },
  atRisk: { letter: 'R', name: partNames.atRisk, colour: 'bad', onColour: 'onBad' },
};

/** A quarter; more weeks are bars too thin to read. */
const MOST_WEEKS = 13;
const HEIGHT = 150;
const GAP = 1.5;
const LEAST_PART = 2;

/** An area lower than this has no room for its letter. */
const LETTER = 14;

/** What comes up for renewal week by week, by how sure it is. */
export const renewalsByWeekChart = (options: {
  weeks: readonly RenewalsOfWeek[];
  currency: string;
  width?: number;
}): Chart => {
  const { currency } = options;
  const width = widthOf(options.width);
  const weeks = options.weeks.slice(0, MOST_WEEKS).map(toWeek);
  const most = Math.max(0, ...weeks.map(({ total }) => total));
  if (most === 0) {
    const span = weeks.length < 2 ? 'this week' : `these ${weeks.length} weeks`;
    return sayingChart(
      weeks.length === 0 ? 'No renewals are known.' : `No ARR is up for renewal in ${span}.`,
      width,
    );
  }
  const used = parts.filter(
    (part) => part !== 'won' || weeks.some(({ amounts }) => amounts.won > 0),
  );
  const renewals = weeks.reduce((sum, week) => sum + week.renewals, 0);
  const about = `${plural(renewals, 'renewal')}, ARR by week`;
  const head = legend({ kinds: used.map((part) => kinds[part]), about, width });
  const band = scaleBand(
    weeks.map((_, index) => index),
    [0, width],
  )
    .paddingInner(0.24)
    .paddingOuter(0.06);
  const floor = head.height + 26 + HEIGHT;
  const y = scaleLinear([0, most], [0, HEIGHT]);
  const stacks = weeks.map((week, index) => {
    const at = { x: band(index) as number, width: Math.min(band.bandwidth(), 44), floor };
    const x = at.x + (band.bandwidth() - at.width) / 2;
    return { week, ...stackOf(week, { ...at, x }, y) };
  });
  const { labels, says } = totalLabels(stacks, { currency, width, step: band.step() });
  const note: Label = { text: says ?? '', x: 0, y: floor + 38, size: 12, colour: 'muted' };
  const marks = [
    ...head.marks,
    levelMark({ x1: 0, x2: width, y: floor + 0.5 }, 'line'),
    ...stacks.flatMap((stack) => stack.marks),
    ...[...labels, ...weekLabels(stacks, { y: floor + 18, width })].map(labelMark),
    ...(says === null ? [] : [labelMark(note)]),
  ];
  const height = floor + (says === null ? 26 : 46);
  return framed({ width, height, alt: weeksWords(weeks, currency), marks });
};

function stackOf(
  { amounts }: Week,
  at: { x: number; width: number; floor: number },
  y: (cents: number) => number,
): { box: Box; marks: Html[] } {
  const marks: Html[] = [];
  let top = at.floor;
  for (const part of parts) {
    if (amounts[part] === 0) continue;
    const { letter, colour, onColour } = kinds[part];
    const height = Math.max(y(amounts[part]) - GAP, LEAST_PART);
    top -= height;
    const box = { x: at.x, y: top, width: at.width, height };
    const [x, middle] = [at.x + at.width / 2, top + height / 2];
    marks.push(barMark(box, colour, 1.5));
    if (part === 'atRisk') marks.push(stripesMark(box, onColour));
    if (height >= LETTER) {
      const plate = { x: x - 7, y: middle - 6.5, width: 14, height: 13 };
      const inside = { text: letter, size: 11, weight: 600, anchor: 'middle' } as const;
      if (part === 'atRisk') marks.push(barMark(plate, colour));
      marks.push(labelMark({ ...inside, x, y: middle + 4, colour: onColour }));
    }
    top -= GAP;
  }
  return { box: { x: at.x, y: top, width: at.width, height: at.floor - top }, marks };
}
