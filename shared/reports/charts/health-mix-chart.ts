import { plural } from '../../basics/text.ts';
import type { Html } from '../escape.ts';
import { type Chart, framed, sayingChart, widthOf } from './chart.ts';
import { moneyWords } from './chart-money.ts';
import { fitted } from './chart-words.ts';
import {
  type Band,
  bands,
  type Row,
  rowsOf,
  rowWords,
  type SegmentMix,
} from './health-mix-rows.ts';
import { type Kind, legend } from './legend.ts';
import { barMark, labelMark } from './marks.ts';
import { textWidth } from './text-width.ts';

const kinds: Readonly<Record<Band, Kind>> = {
  green: { letter: 'G', name: 'Green', colour: 'good', onColour: 'onGood' },
  yellow: { letter: 'Y', name: 'Yellow', colour: 'warn', onColour: 'onWarn' },
  red: { letter: 'R', name: 'Red', colour: 'bad', onColour: 'onBad' },
  unscored: { letter: 'U', name: 'Unscored', colour: 'plain', onColour: 'onPlain' },
};

const BAR = 22;
const GAP = 1.5;

/** Narrower than this, an area cannot be seen. */
const LEAST_PART = 3;

/** ARR by health band, a bar for each segment; every area has its letter and share, on it or below. */
export const healthMixChart = (options: {
  segments: readonly SegmentMix[];
  currency: string;
  width?: number;
}): Chart => {
  const { currency } = options;
  const width = widthOf(options.width);
  const rows = rowsOf(options.segments);
  if (rows.every(({ accounts, total }) => accounts === 0 && total === 0)) {
    return sayingChart('No account has a health band yet.', width);
  }
  const hasUnscored = rows.some(({ parts }) => parts.some(({ band }) => band === 'unscored'));
  const shown = bands.filter((band) => band !== 'unscored' || hasUnscored);
  const head = legend({ kinds: shown.map((band) => kinds[band]), about: '% of ARR', width });
  const marks: Html[] = [...head.marks];
  let y = head.height + 6;
  for (const row of rows) {
    const drawn = rowMarks(row, { y, width, currency });
    marks.push(...drawn.marks);
    y = drawn.bottom + 14;
  }
  const alt = `ARR by health band. ${rows.map((row) => rowWords(row, currency)).join(' ')}`;
  return framed({ width, height: y - 8, alt, marks });
};

/** Name and size above, the bar, and below it the shares that have no room on their area. */
function rowMarks(
  row: Row,
  place: { y: number; width: number; currency: string },
): { marks: Html[]; bottom: number } {
  const { y, width, currency } = place;
  const size = `${moneyWords(row.total, currency)} · ${plural(row.accounts, 'account')}`;
  const room = width - textWidth(size, 12) - 16;
  const name = fitted(row.name.drawn, room, 14, 600);
  const marks = [
    labelMark({ text: name, x: 0, y: y + 12, size: 14, weight: 600, colour: 'ink' }),
    labelMark({ text: size, x: width, y: y + 12, size: 12, colour: 'muted', anchor: 'end' }),
  ];
  const top = y + 19;
  const middle = top + BAR / 2 + 4.5;
  if (row.total === 0) {
    marks.push(barMark({ x: 0, y: top, width, height: BAR }, 'track', 3));
    marks.push(labelMark({ text: 'no ARR', x: 8, y: middle, size: 12, colour: 'body' }));
    return { marks, bottom: top + BAR };
  }
  const outside: string[] = [];
  let x = 0;
  const widths = partWidths(row, width);
  for (const [index, { band, percent }] of row.parts.entries()) {
    const { letter, colour, onColour } = kinds[band];
    const part = widths[index] as number;
    const text = `${letter} ${percent}`;
    marks.push(barMark({ x, y: top, width: part, height: BAR }, colour));
    const fits = textWidth(text, 13, 600) + 8 <= part;
    const inside = { size: 13, weight: 600, colour: onColour, anchor: 'middle' } as const;
    if (fits) marks.push(labelMark({ ...inside, text, x: x + part / 2, y: middle }));
    else outside.push(text);
    x += part + GAP;
  }
  if (outside.length === 0) return { marks, bottom: top + BAR };
  const below = { text: outside.join(' · '), x: width, y: top + BAR + 14, size: 12 };
  marks.push(labelMark({ ...below, colour: 'body', anchor: 'end' }));
  return { marks, bottom: top + BAR + 16 };
}

/** By share of ARR; what would be too thin to see takes a little from the widest. */
function partWidths({ parts, total }: Row, width: number): number[] {
  const free = width - GAP * (parts.length - 1);
  const widths = parts.map(({ arr }) => Math.max((arr / total) * free, LEAST_PART));
  const widest = widths.indexOf(Math.max(...widths));
  const excess = widths.reduce((sum, part) => sum + part, 0) - free;
  return widths.map((part, index) => (index === widest ? part - excess : part));
}
