import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { type Html, html } from '../escape.ts';
import type { Colour } from '../palette.ts';
import { monthLabel, percentWords } from './chart-words.ts';
import { areaMark, dotMark, labelMark, pathMark, px } from './marks.ts';
import { textWidth } from './text-width.ts';
import { gutterLabels } from './trend-gutter.ts';
import type { Point, Series } from './trend-series.ts';

export interface TrendPanel {
  readonly marks: readonly Html[];
  readonly bottom: number;
}

export interface Room {
  readonly left: number;
  readonly right: number;
}

const HEADER = 22;

/** Above and below the line, so that dots and labels stay within the panel. */
const PAD = 12;
const LEAST_RANGE = 30;

/** One series under its name: area, line, target, dots where a month stands alone, the last value. */
export const trendPanel = (panel: {
  series: Series;
  isFirst: boolean;
  top: number;
  scale: number;
  room: Room;
  axis: readonly number[];
}): TrendPanel => {
  const { series, isFirst, top, scale, room, axis } = panel;
  const colour: Colour = isFirst ? 'first' : 'second';
  const header = headerMarks(series, colour, top + 15);
  if (series.known.length === 0) return { marks: header, bottom: top + HEADER };

  const values = series.known.map(({ ratio }) => ratio);
  if (series.target !== null) values.push(series.target);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const height = Math.max((high - low) * scale, LEAST_RANGE);
  const [from, to] = [top + HEADER + PAD, top + HEADER + PAD + height];
  const [middle, half] = [(low + high) / 2, height / scale / 2];
  const y = scaleLinear([middle - half, middle + half], [to, from]);
  const x = scalePoint(
    axis,
    axis.length === 1 ? [room.right - 6, room.right - 6] : [room.left, room.right - 6],
  );
  const at = (point: Point) => x(point.month) as number;
  const isKnown = (point: Point) => point.ratio !== null;
  const heightOf = (point: Point) => y(point.ratio as number);
  const floor = to + PAD;
  const ground = area<Point>(at, floor, heightOf).defined(isKnown).digits(2)(series.points);
  const course = line<Point>(at, heightOf).defined(isKnown).digits(2)(series.points);
  const last = series.known.at(-1) as Series['known'][number];
  const marks = [
    ...header,
    areaMark(ground ?? '', isFirst ? 'firstArea' : 'secondArea'),
    ...(series.target === null ? [] : [targetMark(y(series.target), room)]),
    pathMark(
      course ?? '',
      colour,
      html` stroke-width="2.25" stroke-linejoin="round" stroke-linecap="round"`,
    ),
    ...lonely(series).map((point) => dotMark(at(point), heightOf(point), colour, 2.5)),
    dotMark(at(last), heightOf(last), colour),
    ...gutterLabels(series, { colour, x: room.right + 8, y, top: from - PAD, bottom: floor }).map(
      labelMark,
    ),
  ];
  return { marks, bottom: floor };
};

function headerMarks({ name, points, known }: Series, colour: Colour, y: number): Html[] {
  const [first, last] = [known[0], known.at(-1)];
  const notes: string[] = [];
  if (first === undefined) notes.push('no figure yet');
  else if (first === last) notes.push(`one month so far, ${monthLabel(first.month, true)}`);
  else notes.push(`${percentWords(first.ratio)} in ${monthLabel(first.month, true)}`);
  if (last !== undefined && last.month !== points.at(-1)?.month && first !== last) {
    notes.push(`last known ${monthLabel(last.month, true)}`);
  }
  const x = textWidth(name, 14, 600) + 8;
  return [
    labelMark({ text: name, x: 0, y, size: 14, weight: 600, colour }),
    labelMark({ text: notes.join(' · '), x, y, size: 13, colour: 'muted' }),
  ];
}

function targetMark(y: number, room: Room): Html {
  const line = `M${room.left},${px(y)}H${room.right}`;
  return pathMark(line, 'muted', html` stroke-width="1.25" stroke-dasharray="4 3"`);
}

/** Months with a figure between two without: a line would not show them. */
function lonely({ points }: Series): Point[] {
  const known = (index: number) => (points[index]?.ratio ?? null) !== null;
  return points.filter((_, index) => known(index) && !known(index - 1) && !known(index + 1));
}
