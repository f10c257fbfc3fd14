import type { Chart } from '../../shared/reports/charts/chart.ts';
import { type Box, overlaps } from '../../shared/reports/charts/marks.ts';
import { textWidth } from '../../shared/reports/charts/text-width.ts';

interface Mark {
  readonly name: string;
  readonly box: Box;
  readonly text: string;
  readonly colour: string;
}

/** Rounding of coordinates, and nothing else. */
const NEAR = 0.02;

const unescaped = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

/** What an SVG draws and where, read from its text alone. */
export const marksOf = (svg: string): Mark[] =>
  [...svg.matchAll(/<(rect|circle|path|text)\s([^<>]*?)\/?>(?:([^<>]*)<\/text>)?/g)].map(
    ([, name = '', attributes = '', content = '']) => {
      const text = unescaped(content);
      const of = new Map(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
          key,
          value,
        ]),
      );
      const colour = (of.get('class') ?? '').slice(2);
      return { name, text, colour, box: boxOf(name, of, text) };
    },
  );

function boxOf(name: string, of: ReadonlyMap<string, string>, text: string): Box {
  const number = (key: string) => Number(of.get(key) ?? 0);
  if (name === 'rect') {
    return { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
  }
  if (name === 'circle') {
    const r = number('r');
    return { x: number('cx') - r, y: number('cy') - r, width: 2 * r, height: 2 * r };
  }
  if (name === 'path') return pathBox(of.get('d') ?? '');
  const size = number('font-size');
  const width = textWidth(text, size, of.get('font-weight') === '600' ? 600 : 400);
  const before = { start: 0, middle: width / 2, end: width }[of.get('text-anchor') ?? 'start'] ?? 0;
  return { x: number('x') - before, y: number('y') - 0.78 * size, width, height: size };
}

/** Of a path of absolute straight lines, as all of ours are. */
function pathBox(path: string): Box {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, command, rest = ''] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    if (command === 'Z') continue;
    if (command === undefined || !'MLH'.includes(command))
      throw new Error(`a path with ${command}`);
    const numbers = rest.split(/[ ,]/).filter(Boolean).map(Number);
    xs.push(...numbers.filter((_, index) => command === 'H' || index % 2 === 0));
    if (command !== 'H') ys.push(...numbers.filter((_, index) => index % 2 === 1));
  }
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return path === ''
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** All that is wrong with a drawing: what lies outside it, texts on one another, numbers that are none. */
export const faultsOf = ({ svg, width, height }: Chart): string[] => {
  const marks = marksOf(svg);
  const faults = /NaN|Infinity|undefined|null/.exec(svg.replace(/aria-label="[^"]*"|>[^<]*</g, ''));
  const texts = marks.filter(({ name }) => name === 'text');
  const outside = marks.filter(
    ({ box }) =>
      !(box.x >= -NEAR) ||
      !(box.y >= -NEAR) ||
      !(box.x + box.width <= width + NEAR) ||
      !(box.y + box.height <= height + NEAR),
  );
  const touching = texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .flatMap((other) =>
        overlaps(one.box, other.box) ? [`"${one.text}" lies on "${other.text}"`] : [],
      ),
  );
  return [
    ...(faults === null ? [] : [`a number is ${faults[0]}`]),
    ...outside.map(
      ({ name, text, box }) => `${name} "${text}" lies outside: ${JSON.stringify(box)}`,
    ),
    ...touching,
  ];
};
