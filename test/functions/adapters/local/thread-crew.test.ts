import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { threadCrew } from '../../../../functions/adapters/local/thread-crew.ts';
import { HoldfastError } from '../../../../shared/basics/problem.ts';
import { temporaryFolder } from '../../../kit/company-folder.ts';
import { written } from '../../../kit/lasting-folder.ts';

/** A hand that does what a part says, and tells which thread it is and what it was hired for. */
const HAND = `
import { parentPort, threadId, workerData } from 'node:worker_threads';
const problems = [{ where: 'a', found: 'b', expected: 'c', fix: 'd' }];
parentPort.on('message', async ({ act, number, wait = 0, at = 0 }) => {
  await new Promise((resolve) => setTimeout(resolve, wait));
  while (Date.now() < at);
  if (act === 'refuse') return parentPort.postMessage({ kind: 'results', problems });
  if (act === 'crash') return parentPort.postMessage({ crashed: new Error('out of order') });
  if (act === 'throw') throw new Error('thrown');
  if (act === 'exit') process.exit(3);
  parentPort.postMessage({ done: { number, threadId, ...workerData } });
});`;

const hired = (hands: number) => {
  const hand = pathToFileURL(written(temporaryFolder(), 'hand.mjs', HAND));
  const crew = threadCrew({ hand, hands, out: 'results' }).hire('count', { by: 2 });
  onTestFinished(() => crew.dismiss());
  return crew;
};

interface Counted {
  readonly number: number;
  readonly threadId: number;
}

describe('a crew of threads', () => {
  test('does every part once, several at a time, and each thread has them in their order', async () => {
    const crew = hired(3);
    const parts = Array.from({ length: 40 }, (_, number) => ({ number, wait: (number * 7) % 5 }));
    const done = (await Promise.all(parts.map((part) => crew.do(part)))) as Counted[];
    expect(done.map(({ number }) => number)).toEqual(parts.map(({ number }) => number));
    expect(done[0]).toMatchObject({ work: 'count', setting: { by: 2 }, out: 'results' });
    expect(new Set(done.map(({ threadId }) => threadId)).size).toBe(3);
  });

  test('a problem comes back as it was told, and the next part is done all the same', async () => {
    const crew = hired(1);
    const refused = crew.do({ act: 'refuse' });
    await expect(refused).rejects.toBeInstanceOf(HoldfastError);
    await expect(refused).rejects.toMatchObject({ kind: 'results', problems: [{ where: 'a' }] });
    await expect(crew.do({ act: 'crash' })).rejects.toThrow('out of order');
    await expect(crew.do({ number: 1 })).resolves.toMatchObject({ number: 1 });
  });

  test.each([
    ['throw', 'thrown'],
    ['exit', 'a thread ended with code 3'],
  ])(
    'a thread that dies (%s) fails what is in hand, what waits and what comes',
    async (act, why) => {
      const crew = hired(2);
      const all = [{ act }, { number: 1, wait: 500 }, { number: 2 }, { number: 3 }];
      const found = await Promise.allSettled(all.map((part) => crew.do(part)));
      expect(found[0]).toMatchObject({ status: 'rejected', reason: { message: why } });
      expect(found[3]).toMatchObject({ status: 'rejected' });
      await expect(crew.do({ number: 4 })).rejects.toThrow(why);
    },
  );

  test('of threads that die at the same time the first is told, and the others of nobody', async () => {
    const uncaught: unknown[] = [];
    const hear = (error: unknown) => uncaught.push(error);
    process.on('uncaughtException', hear);
    onTestFinished(() => void process.off('uncaughtException', hear));
    for (let round = 0; round < 5; round += 1) {
      const crew = hired(2);
      await Promise.all([crew.do({ number: 1 }), crew.do({ number: 2 })]);
      const part = { act: 'throw', at: Date.now() + 50 };
      const both = [crew.do(part), crew.do(part)];
      const [first, second] = await Promise.allSettled(both);
      // What the other thread has thrown is under way, or will be.
      await crew.dismiss();
      expect(first).toMatchObject({ status: 'rejected', reason: { message: 'thrown' } });
      expect(second).toEqual(first);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(uncaught).toEqual([]);
  });

  test('who is dismissed fails what is in hand, what waits and what comes', async () => {
    const crew = hired(2);
    const parts = [1, 2, 3].map((number) => crew.do({ number, wait: 60_000 }));
    const found = Promise.allSettled(parts);
    await crew.dismiss();
    const reason = { message: 'the crew was dismissed' };
    expect(await found).toMatchObject(parts.map(() => ({ status: 'rejected', reason })));
    await expect(crew.do({ number: 4 })).rejects.toThrow(reason.message);
  });
});
