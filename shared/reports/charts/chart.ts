import { type Html, html, shown } from '../escape.ts';
import { fill, labelMark } from './marks.ts';

/** A picture of figures, and the same figures in words for whoever does not see it. */
export interface Chart {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** Where nobody asks for another; pages may ask for less, telephones for 340. */
const USUAL_WIDTH = 560;

/** Below it names and figures have no room. */
const LEAST_WIDTH = 320;

const FONTS = 'Inter, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

/** As wide as asked for, as far as a chart can be. */
export const widthOf = (asked: number = USUAL_WIDTH): number =>
  Math.max(LEAST_WIDTH, Math.round(asked));

/** The SVG around the marks, on its own ground, so that a picture of it is never see-through. */
export const framed = (frame: {
  width: number;
  height: number;
  alt: string;
  marks: readonly Html[];
}): Chart => {
  const { width, marks } = frame;
  const height = Math.ceil(frame.height);
  const alt = wellFormed(frame.alt);
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}" font-family="${FONTS}"><rect width="${width}" height="${height}" ${fill('ground')}/>${marks}</svg>`;
  return { svg: svg.markup, width, height, alt };
};

/** Where there is nothing to draw, the chart says so in a line instead of showing empty axes. */
export const sayingChart = (words: string, width: number): Chart => {
  const marks = [labelMark({ text: words, x: 0, y: 24, size: 13, colour: 'muted' })];
  return framed({ width, height: 40, alt: words, marks });
};

/** Source: XML 1.0, 2.2: these two are no characters, and a parser would stop at them. */
function wellFormed(text: string): string {
  return shown(text).replace(/[\ufffe\uffff]/g, '');
}
