import type { Day } from '../../basics/day.ts';
import type { Colour } from '../palette.ts';
import { shortDay } from '../words/days.ts';
import type { Step } from './bridge-steps.ts';
import { amountsWithin } from './chart-money.ts';
import { type Box, keptWithin, type Label, labelBox, overlaps } from './marks.ts';
import { textWidth } from './text-width.ts';

/** A step and where its bar stands. */
export interface Bar {
  readonly step: Step;
  readonly box: Box;
}

/** Closer bars than these have smaller words. */
const CLOSE = 60;
const LINE = 15;

/** Above its bar; higher where a bar or the label before stands in the way. */
export const valueLabels = (
  bars: readonly Bar[],
  place: { currency: string; step: number; width: number },
): { labels: readonly Label[]; says: string | null } => {
  const { currency, step: between, width } = place;
  const size = between < CLOSE ? 11 : 13;
  const { texts, says } = amountsWithin(
    bars.map(({ step }) => ({ cents: step.amount, kind: step.kind })),
    { currency, room: between - 4, size },
  );
  const taken: Box[] = bars.map(({ box }) => box);
  const labels = bars.map(({ step, box }, index): Label => {
    const at = { text: texts[index] as string, x: box.x + box.width / 2, y: box.y - 6 };
    let label = keptWithin({ ...at, size, weight: 600, colour: wordsColour(step) }, width);
    const isInTheWay = (other: Box) => overlaps(labelBox(label), other);
    while (taken.some(isInTheWay)) label = { ...label, y: label.y - 4 };
    taken.push(labelBox(label));
    return label;
  });
  return { labels, says };
};

/**
 * Below the bars: on one line, with the days below the ends, or on two lines in turn where the names
 * are wider than their bars.
 */
export const nameLabels = (
  bars: readonly Bar[],
  days: { from?: Day; to?: Day },
  place: { y: number; step: number; width: number },
): readonly Label[] => {
  const size = place.step < CLOSE ? 11 : 12;
  const isWide = (text: string) => textWidth(text, size) > place.step - 4;
  const isTight = bars.some(({ step }) => isWide(step.name));
  const below = ({ box }: Bar, text: string, line: number, colour: Colour): Label => {
    const at = { x: box.x + box.width / 2, y: place.y + line * LINE };
    return keptWithin({ text, ...at, size, colour }, place.width);
  };
  const names = bars.map((bar, index) =>
    below(bar, bar.step.name, isTight && index % 2 === 1 ? 1 : 0, 'body'),
  );
  const ends = [
    { day: days.from, bar: bars[0] as Bar },
    { day: days.to, bar: bars.at(-1) as Bar },
  ];
  const dated = ends.flatMap(({ day, bar }): Label[] => {
    const text = day === undefined ? '' : shortDay(day, days.to ?? day);
    return text === '' || isTight || isWide(text) ? [] : [below(bar, text, 1, 'muted')];
  });
  return [...names, ...dated];
};

function wordsColour({ kind, amount }: Step): Colour {
  if (kind === 'total' || amount === 0) return 'ink';
  return amount > 0 ? 'goodWords' : 'badWords';
}
