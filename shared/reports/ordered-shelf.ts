/** Keeps the first of very many things in an order, and counts the rest. */
export interface OrderedShelf<One> {
  add(one: One): void;
  /** What is kept, in order. */
  kept(): readonly One[];
  /** How many were offered. */
  offered(): number;
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
  return {
    add(one) {
      offered += 1;
      all.push(one);
      if (all.length >= 2 * limit) trim();
    },
    kept() {
      trim();
      return all;
    },
    offered: () => offered,
  };
};
