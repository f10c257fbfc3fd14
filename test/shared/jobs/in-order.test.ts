import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inOrder } from '../../../shared/jobs/in-order.ts';

const unheard: unknown[] = [];
const hear = (reason: unknown) => unheard.push(reason);

beforeEach(() => {
  unheard.length = 0;
  process.on('unhandledRejection', hear);
});

afterEach(async () => {
  // Whether somebody heard of a rejection is settled when the turn is over.
  await turn();
  await turn();
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

/** The numbers below a count, and whether whoever takes them has let go of them. */
const numbers = (count: number) => {
  const source = { given: 0, isLetGo: false };
  async function* give(): AsyncGenerator<number> {
    try {
      while (source.given < count) yield source.given++;
    } finally {
      source.isLetGo = true;
    }
  }
  return { source, items: give() };
};

/** Work that ends when the test says so. */
const heldWork = () => {
  const inHand = new Map<number, { end(): void; fail(): void }>();
  const work = (item: number) =>
    new Promise<string>((resolve, reject) => {
      const end = () => resolve(`done ${item}`);
      inHand.set(item, { end, fail: () => reject(new Error(`failed ${item}`)) });
    });
  return { inHand, work };
};

describe('work on items, so many at a time', () => {
  test('comes in the order of the items, in whatever order it ends, and never more is begun', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (count, atOnce, choices) => {
          const { source, items } = numbers(count);
          const { inHand, work } = heldWork();
          const taken: string[] = [];
          let most = 0;
          let isOver = false;
          const taking = (async () => {
            for await (const done of inOrder(items, atOnce, work)) taken.push(done);
            isOver = true;
          })();
          while (!isOver) {
            await turn();
            most = Math.max(most, source.given - taken.length);
            const unfinished = [...inHand.keys()];
            const chosen = unfinished[(choices.next().value ?? 0) % unfinished.length];
            if (chosen === undefined) continue;
            inHand.get(chosen)?.end();
            inHand.delete(chosen);
          }
          await taking;
          expect(taken).toEqual(Array.from({ length: count }, (_, item) => `done ${item}`));
          // As many as there may be, so that nobody waits; and not one more.
          expect(most).toBe(Math.min(count, atOnce));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('waits for whoever takes the results slowly', async () => {
    const { source, items } = numbers(10);
    const results = inOrder(items, 3, async (item) => item);
    await results.next();
    await turn();
    expect(source.given).toBe(3);
    await results.next();
    await turn();
    expect(source.given).toBe(4);
    await results.return(undefined);
  });

  test('one that fails is told in its turn, and no more is asked for', async () => {
    const { source, items } = numbers(10);
    const { inHand, work } = heldWork();
    const results = inOrder(items, 3, work);
    const first = results.next();
    await turn();
    inHand.get(1)?.fail();
    await turn();
    inHand.get(0)?.end();
    await expect(first).resolves.toEqual({ done: false, value: 'done 0' });
    expect(source.isLetGo).toBe(false);
    await expect(results.next()).rejects.toThrow('failed 1');
    expect(source).toEqual({ given: 4, isLetGo: true });
    // Nobody waits for these any more.
    inHand.get(2)?.fail();
    inHand.get(3)?.fail();
    await expect(results.next()).resolves.toMatchObject({ done: true });
  });

  test('one of the last that fails is told too, when there is nothing left to ask for', async () => {
    const { items } = numbers(3);
    const { inHand, work } = heldWork();
    const results = inOrder(items, 5, work);
    const first = results.next();
    await turn();
    inHand.get(2)?.fail();
    inHand.get(1)?.fail();
    inHand.get(0)?.end();
    await expect(first).resolves.toMatchObject({ value: 'done 0' });
    await expect(results.next()).rejects.toThrow('failed 1');
  });

  test('items that cannot be had are an error, whatever becomes of what is in hand', async () => {
    const { inHand, work } = heldWork();
    async function* broken() {
      yield* [0, 1];
      throw new Error('no more items');
    }
    const first = inOrder(broken(), 5, work).next();
    await expect(first).rejects.toThrow('no more items');
    for (const { fail } of inHand.values()) fail();
  });

  test('whoever has seen enough ends it, and no more is asked for', async () => {
    const { source, items } = numbers(10);
    const { inHand, work } = heldWork();
    const results = inOrder(items, 3, work);
    const first = results.next();
    await turn();
    inHand.get(0)?.end();
    await first;
    await results.return(undefined);
    expect(source).toEqual({ given: 3, isLetGo: true });
    inHand.get(1)?.fail();
    inHand.get(2)?.fail();
  });
});
