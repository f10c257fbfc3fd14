/** Numbers that look random and are the same on every machine. */
export class RandomStream {
  #state: number;

  constructor(state: number) {
    this.#state = state;
  }

  /** At least 0, below 1. */
  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return (scramble(this.#state) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.unit());
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return at(choices, Math.floor(choices.length * this.unit()));
  }

  /** A key of the weights, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    return weightedKey(weights, this.unit());
  }

  /** A draw from the distribution whose evenly spaced quantiles are given. */
  quantile(knots: readonly number[]): number {
    return onCurve(knots, this.unit());
  }
}

/** One stream per account and topic: a table added later draws from its own, changing no other. */
export const randomStream = (seed: number, index: number, topic: string): RandomStream =>
  new RandomStream(scramble(scramble(scramble(seed) + index) ^ hashText(topic)));

/**
 * Spreads consecutive indices evenly over 0…1 by a multiple of an irrational, so that shares are
 * right for any number of accounts, not only on average.
 */
export const evenly = (seed: number, index: number, step: number): number =>
  ((Math.imul(index, step) + scramble(seed ^ step)) >>> 0) / 4_294_967_296;

/** The key in whose stretch of the line a position from 0 to 1 lies. */
export const weightedKey = <K extends string>(
  weights: Readonly<Partial<Record<K, number>>>,
  position: number,
): K => {
  const entries = Object.entries(weights) as [K, number][];
  let rest = position * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    rest -= weight;
    if (rest < 0) return key;
  }
  return at(entries, entries.length - 1)[0];
};

function onCurve(knots: readonly number[], position: number): number {
  const place = position * (knots.length - 1);
  const low = at(knots, Math.floor(place));
  return low + (at(knots, Math.min(knots.length - 1, Math.floor(place) + 1)) - low) * (place % 1);
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}

/** The finaliser of MurmurHash3: integer arithmetic only, equal everywhere. */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
