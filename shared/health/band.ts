import type { Model } from '../config/model.ts';

export type Band = 'green' | 'yellow' | 'red' | 'unscored';

/** Bands in the order people read them. */
export const bands = ['green', 'yellow', 'red', 'unscored'] as const satisfies readonly Band[];

/** Half-open: a score on a border belongs to the better band. */
export const bandOf = (score: number, { green, yellow }: Model['bands']): Band =>
  score >= green ? 'green' : score >= yellow ? 'yellow' : 'red';

/** The highest score, at the printed precision, that still falls in a band. */
export const ceilingOf = (band: 'yellow' | 'red', { green, yellow }: Model['bands']): number =>
  Math.round((band === 'yellow' ? green : yellow) * 10 - 1) / 10;
