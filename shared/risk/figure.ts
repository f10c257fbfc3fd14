import { grouped } from '../basics/text.ts';

/** A figure as a person reads it in a sentence: whole, and in groups of three digits. */
export const figure = (value: number): string => grouped(Math.round(value));
