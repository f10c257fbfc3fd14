import { roundTo } from '../../basics/ratio.ts';
import { type Html, html } from '../escape.ts';
import { type Colour, colours } from '../palette.ts';
import { textWidth, type Weight } from './text-width.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A text in a chart; `y` is the line it stands on. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: Weight;
  readonly colour: Colour;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** A coordinate, to a hundredth of a pixel, so that an SVG stays short and is the same everywhere. */
export const px = (value: number): number => roundTo(value, 2);

/** As an attribute for pictures, and as a class for pages that know a dark theme. */
export const fill = (colour: Colour): Html =>
  html`class="f-${colour}" fill="${colours[colour].light}"`;

/** The same of a line; what lies within it stays empty. */
export const stroke = (colour: Colour): Html =>
  html`class="s-${colour}" fill="none" stroke="${colours[colour].light}"`;

export const labelMark = (label: Label): Html => {
  const { text, x, y, size, weight = 400, colour, anchor = 'start' } = label;
  const bold = weight === 400 ? '' : html` font-weight="${weight}"`;
  const aligned = anchor === 'start' ? '' : html` text-anchor="${anchor}"`;
  return html`<text x="${px(x)}" y="${px(y)}" font-size="${size}"${bold}${aligned} ${fill(colour)}>${text}</text>`;
};

/** The room a label takes, from the top of its capitals to the foot of a g. */
export const labelBox = ({ text, x, y, size, weight, anchor }: Label): Box => {
  const width = textWidth(text, size, weight);
  const before = anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0;
  return { x: x - before, y: y - size * 0.78, width, height: size };
};

/** A label in the middle of something, moved as far as it must be to lie within the chart. */
export const keptWithin = (label: Label, width: number): Label => {
  const half = textWidth(label.text, label.size, label.weight) / 2;
  return { ...label, anchor: 'middle', x: Math.min(Math.max(label.x, half), width - half) };
};

export const overlaps = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

export const barMark = (box: Box, colour: Colour, radius = 2): Html => {
  const rounded = px(Math.min(radius, box.width / 4, box.height / 4));
  return html`<rect x="${px(box.x)}" y="${px(box.y)}" width="${px(box.width)}" height="${px(box.height)}" rx="${rounded}" ${fill(colour)}/>`;
};

/** Between two stripes, along an edge. */
const STRIPE = 7;

/** Slanting stripes over a bar: a second sign of what it is, for whoever does not tell colours apart. */
export const stripesMark = ({ x, y, width, height }: Box, colour: Colour): Html => {
  const strokes: string[] = [];
  for (let along = STRIPE / 2; along < width + height; along += STRIPE) {
    const right = Math.min(along, width);
    const left = Math.max(along - height, 0);
    strokes.push(
      `M${px(x + left)},${px(y + along - left)}L${px(x + right)},${px(y + along - right)}`,
    );
  }
  return html`<path d="${strokes.join('')}" ${stroke(colour)} stroke-width="1.5" stroke-opacity="0.45"/>`;
};

/** A dot with a ring of the ground around it, to stand out from its line. */
export const dotMark = (x: number, y: number, colour: Colour, radius = 4): Html =>
  html`<circle cx="${px(x)}" cy="${px(y)}" r="${radius + 1.5}" ${fill('ground')}/><circle cx="${px(x)}" cy="${px(y)}" r="${radius}" ${fill(colour)}/>`;

export const levelMark = (line: { x1: number; x2: number; y: number }, colour: Colour): Html =>
  html`<path d="M${px(line.x1)},${px(line.y)}H${px(line.x2)}" stroke-width="1" ${stroke(colour)}/>`;

export const pathMark = (path: string, colour: Colour, more: Html | '' = ''): Html =>
  html`<path d="${path}" ${stroke(colour)}${more}/>`;

export const areaMark = (path: string, colour: Colour): Html =>
  html`<path d="${path}" ${fill(colour)}/>`;
