/** Some of many: those that are shown, and how many there are in all. */
export interface Some<One> {
  readonly shown: readonly One[];
  readonly count: number;
}

/** Keeps the first of very many things in an order, and counts the rest. */
export interface OrderedShelf<One> {
  add(one: One): void;
  /** What is kept, in order. */
  kept(): readonly One[];
  /** How many were offered. */
  offered(): number;
  /** How many were offered and not kept. */
  more(): number;
  some(): Some<One>;
}

/** The order must be total: then that in which things come decides nothing. */
export const orderedShelf = <One>(
  limit: number,
  compare: (a: One, b: One) => number,
): OrderedShelf<One> => {
  let all: One[] = [];
  let offered = 0;
  const trim = () => {
    all = all.sort(compare).slice(0, limit);
  };
  const kept = () => {
    trim();
    return all;
  };
  return {
    add(one) {
      offered += 1;
      all.push(one);
      if (all.length >= 2 * limit) trim();
    },
    kept,
    offered: () => offered,
    more: () => Math.max(0, offered - limit),
    some: () => ({ shown: kept(), count: offered }),
  };
};
