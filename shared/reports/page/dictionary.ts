import { plainText } from '../../basics/text.ts';
import { shown } from '../escape.ts';

export const LONGEST_TEXT = 160;
export const LONGEST_EVIDENCE = 240;

/** Gives the place of a text, made plain and cut; 0 is that of null. */
export type Place = (text: string | null, longest?: number) => number;

/** Each text once, in the order in which they come. */
export interface Dictionary {
  readonly texts: readonly string[];
  readonly place: Place;
  /** The place of a text that is plain already. */
  readonly put: (text: string) => number;
  /** How long the texts are in the file. */
  readonly characters: () => number;
}

export const newDictionary = (): Dictionary => {
  const places = new Map<string, number>();
  const texts = [''];
  let characters = 0;
  const put = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.length);
    characters += text.length + 3;
    return texts.push(text) - 1;
  };
  const place: Place = (text, longest = LONGEST_TEXT) =>
    text === null ? 0 : put(plain(text, longest));
  return { texts, place, put, characters: () => characters };
};

/** Most texts are plain already, and to see that is quicker than to make them so. */
const PLAIN = /^[ -~]*$/;

/** On one line, without what turns or ends it, and no longer than that. */
export const plain = (text: string, longest: number): string => {
  if (text.length <= longest && PLAIN.test(text)) return text;
  return plainText(shown(text), longest);
};
