import type { Html } from '../escape.ts';
import type { Colour } from '../palette.ts';
import { barMark, labelMark } from './marks.ts';
import { textWidth } from './text-width.ts';

/** A kind of area: its letter stands in the areas too, for whoever does not tell the colours apart. */
export interface Kind {
  readonly letter: string;
  readonly name: string;
  readonly colour: Colour;
  readonly onColour: Colour;
}

const SIDE = 16;
const HEIGHT = 22;

/** Swatches with letter and word, and at the right what is measured; on a line of its own if need be. */
export const legend = (options: {
  kinds: readonly Kind[];
  about: string;
  width: number;
}): { marks: readonly Html[]; height: number } => {
  const { kinds, about, width } = options;
  let x = 0;
  const marks = kinds.flatMap(({ letter, name, colour, onColour }) => {
    const at = x;
    x += SIDE + 6 + textWidth(name, 13) + 16;
    const inside = { text: letter, size: 11, weight: 600, anchor: 'middle' } as const;
    return [
      barMark({ x: at, y: 0, width: SIDE, height: SIDE }, colour, 3),
      labelMark({ ...inside, x: at + SIDE / 2, y: 12, colour: onColour }),
      labelMark({ text: name, x: at + SIDE + 6, y: 12.5, size: 13, colour: 'body' }),
    ];
  });
  const fits = x + textWidth(about, 12) <= width;
  const y = fits ? 12.5 : 12.5 + HEIGHT;
  const place = fits ? ({ x: width, anchor: 'end' } as const) : { x: 0 };
  marks.push(labelMark({ text: about, ...place, y, size: 12, colour: 'muted' }));
  return { marks, height: fits ? HEIGHT : 2 * HEIGHT };
};
