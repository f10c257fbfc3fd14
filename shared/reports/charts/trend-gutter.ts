import type { Colour } from '../palette.ts';
import { percentWords, targetWords } from './chart-words.ts';
import type { Label } from './marks.ts';
import type { Series } from './trend-series.ts';

/** From line to line: closer, the two would touch. */
const APART = 20;

/** The last value and the target, each where its line ends, or as near to it as leaves both readable. */
export const gutterLabels = (
  { known, target }: Series,
  place: { colour: Colour; x: number; y: (ratio: number) => number; top: number; bottom: number },
): readonly Label[] => {
  const { colour, x, y, top, bottom } = place;
  const value = known.at(-1)?.ratio ?? 0;
  const within = { top: top + 14, bottom: bottom - 2 };
  const last = { text: percentWords(value), x, size: 18, weight: 600, colour } as const;
  const lastAt = Math.min(Math.max(y(value) + 6, within.top), within.bottom);
  if (target === null) return [{ ...last, y: lastAt }];

  const aim = { text: `Target ${targetWords(target)}`, x, size: 13, colour: 'muted' } as const;
  const aimAt = y(target) + 4;
  const isAbove = target > value;
  const [upper, lower] = apart(isAbove ? aimAt : lastAt, isAbove ? lastAt : aimAt, within);
  return [
    { ...last, y: isAbove ? lower : upper },
    { ...aim, y: isAbove ? upper : lower },
  ];
};

/** Two lines of text far enough from each other, and both within the panel. */
function apart(
  upper: number,
  lower: number,
  within: { top: number; bottom: number },
): [upper: number, lower: number] {
  const gap = Math.max(APART, lower - upper);
  const highest = within.bottom - gap;
  const first = Math.min(Math.max((upper + lower - gap) / 2, within.top), highest);
  return [first, first + gap];
}
