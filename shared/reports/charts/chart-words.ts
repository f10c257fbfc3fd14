import { roundTo } from '../../basics/ratio.ts';
import { plainText } from '../../basics/text.ts';
import { textWidth, type Weight } from './text-width.ts';

/** Latin, Greek and Cyrillic letters, and the signs of prices: all that the charts' font surely has. */
const DRAWN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u0148\u014a-\u017f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20a0-\u20af\u20b1-\u20b5\u20b8-\u20ba\u20bc-\u20bf\u2122\u2212]*$/;

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** 111.5 %, and 2,050 % without a decimal that nobody reads. */
export const percentWords = (ratio: number): string => {
  const points = roundTo(ratio * 100, 1);
  if (Math.abs(points) < 1000) return `${points.toFixed(1)} %`.replace('-', '−');
  return `${Math.round(points).toLocaleString('en-US')} %`.replace('-', '−');
};

/** A target as it was set: 110 %. */
export const targetWords = (ratio: number): string => percentWords(ratio).replace('.0 %', ' %');

/** Counted in months since year 0, so that neighbours differ by one; from 2026-05. */
export const monthNumber = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** Nov ’25 on an axis. */
export const monthLabel = (month: number, withYear: boolean): string =>
  `${MONTHS[month % 12]}${withYear ? ` ’${String(Math.floor(month / 12) % 100).padStart(2, '0')}` : ''}`;

/** Nov 2025 in a sentence. */
export const monthWords = (month: number): string =>
  `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;

/** Whether the charts' font has all its signs. */
export const isDrawable = (text: string): boolean => DRAWN.test(text);

/** What a chart calls a segment, and what its alt text does. */
export interface ChartName {
  readonly drawn: string;
  readonly said: string;
}

/** A segment by its name; by its place where the font lacks its signs, which would be drawn as boxes. */
export const segmentName = (segment: string, index: number): ChartName => {
  const said = plainText(segment.normalize('NFC').replace(/\s+/g, ' ').trim());
  if (said !== '' && isDrawable(said)) return { drawn: said, said };
  const drawn = `segment ${index + 1}`;
  return { drawn, said: said === '' ? drawn : `${drawn} (its name, ${said}, cannot be drawn)` };
};

/** A text cut between two characters to what fits, and an ellipsis for the rest. */
export const fitted = (text: string, room: number, size: number, weight: Weight = 400): string => {
  if (textWidth(text, size, weight) <= room) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, size, weight) > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
};
