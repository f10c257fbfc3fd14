import type { Model } from '../config/model.ts';

export type Band = 'green' | 'yellow' | 'red' | 'unscored';

/** Bands in the order people read them, the best first. */
export const bands = ['green', 'yellow', 'red', 'unscored'] as const satisfies readonly Band[];

/** Half-open: a score on a border belongs to the better band. */
export const bandOf = (score: number, { green, yellow }: Model['bands']): Band =>
  score >= green ? 'green' : score >= yellow ? 'yellow' : 'red';

/**
 * The band of an account that had one before: it changes only once the score has passed the border
 * by more than the hysteresis, so that a tenth of a point does not call anybody twice a week.
 */
export const steadyBandOf = (
  score: number,
  before: Band | null,
  { bands: borders, hysteresis }: Pick<Model, 'bands' | 'hysteresis'>,
): Band => {
  const first = before === null || before === 'unscored' || hysteresis === 0;
  if (first) return bandOf(score, borders);
  // Tenths: 68 + 2 is a border, and binary fractions must not decide on which side of it.
  const at = Math.round(score * 10);
  const slack = Math.round(hysteresis * 10);
  const better = bandOf((at - slack - 1) / 10, borders);
  const worse = bandOf((at + slack) / 10, borders);
  if (rank[better] < rank[before]) return better;
  return rank[worse] > rank[before] ? worse : before;
};

/** The worse of two bands. */
export const worseOf = (a: Band, b: Band): Band => (rank[a] >= rank[b] ? a : b);

/** 1 when the second is a better band than the first, -1 when worse, 0 otherwise. */
export const bandStep = (from: Band, to: Band): -1 | 0 | 1 =>
  from === 'unscored' || to === 'unscored' ? 0 : (Math.sign(rank[from] - rank[to]) as -1 | 0 | 1);

/** The highest score, at the printed precision, that still falls in a band. */
export const ceilingOf = (band: 'yellow' | 'red', { green, yellow }: Model['bands']): number =>
  Math.round((band === 'yellow' ? green : yellow) * 10 - 1) / 10;

const rank: Readonly<Record<Band, number>> = { green: 0, yellow: 1, red: 2, unscored: 3 };
