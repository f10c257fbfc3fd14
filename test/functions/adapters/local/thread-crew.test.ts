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
parentPort.on('message', async ({ act, number, wait = 0 }) => {
  await new Promise((resolve) => setTimeout(resolve, wait));
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
});
