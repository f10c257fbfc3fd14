import { interWidths } from './inter-widths.ts';

export type Weight = 400 | 600;

/** Wider than any sign that is drawn: what is not in the table takes too much room, never too little. */
const WIDEST = 1500;

const widths: Readonly<Record<Weight, ReadonlyMap<string, number>>> = {
  400: new Map(
    interWidths.flatMap(([signs, regular]) => [...signs].map((sign) => [sign, regular])),
  ),
  600: new Map(interWidths.flatMap(([signs, , bold]) => [...signs].map((sign) => [sign, bold]))),
};

/**
 * Pixels that a text takes in Inter, from the widths of its signs alone: nothing here can ask a
 * browser. Kerning only narrows; a fallback font may be a little wider.
 */
export const textWidth = (text: string, size: number, weight: Weight = 400): number => {
  let sum = 0;
  for (const sign of text) sum += widthOf(sign, weight);
  return (sum * size) / 1000;
};

/** Letters with marks are as wide as those without. */
const widthOf = (sign: string, weight: Weight): number =>
  widths[weight].get(sign) ?? widths[weight].get(sign.normalize('NFD')[0] as string) ?? WIDEST;
