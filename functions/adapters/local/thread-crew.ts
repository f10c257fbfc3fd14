import { Worker } from 'node:worker_threads';
import { HoldfastError, type Problem, type ProblemKind } from '../../../shared/basics/problem.ts';
import type { Crew, Hired } from '../../../shared/ports/crew.ts';

/** What is sent back of one part. */
export type PartDone =
  | { readonly done: unknown }
  | {
      readonly problems: readonly Problem[];
      readonly kind: ProblemKind;
      readonly cause: unknown;
    }
  | { readonly crashed: unknown };

/** What a thread is started with. */
export interface Hire {
  readonly work: string;
  readonly setting: unknown;
  /** Where results stand, as --out says it. */
  readonly out: string;
}

interface Settings {
  /** The program of a thread, in one file: cli/crew-hand.ts. */
  readonly hand: URL;
  readonly hands: number;
  readonly out: string;
}

/** Twice what Node gives: the texts of a range live for a while, and are copied where there is less. */
const MEMORY = { maxYoungGenerationSizeMb: 96 };

interface Part {
  readonly part: unknown;
  settle(done: PartDone): void;
}

/** A crew of threads of this process. A thread has one part in hand; the rest wait in their order. */
export const threadCrew = ({ hand, hands, out }: Settings): Crew => ({
  hire(work, setting): Hired {
    const waiting: Part[] = [];
    const threads = Array.from({ length: hands }, () => {
      const workerData: Hire = { work, setting, out };
      const worker = new Worker(hand, { workerData, resourceLimits: MEMORY });
      return { worker, inHand: null as Part | null };
    });
    let broken: unknown;

    const handOut = (): void => {
      for (const thread of threads) {
        if (thread.inHand !== null) continue;
        const next = waiting.shift();
        if (next === undefined) return;
        thread.inHand = next;
        thread.worker.postMessage(next.part);
      }
    };
    const giveUp = (error: unknown): void => {
      broken ??= error;
      const lost = [...threads.flatMap(({ inHand }) => inHand ?? []), ...waiting.splice(0)];
      for (const part of lost) part.settle({ crashed: error });
    };
    for (const thread of threads) {
      thread.worker.on('message', (done: PartDone) => {
        const part = thread.inHand;
        thread.inHand = null;
        handOut();
        part?.settle(done);
      });
      thread.worker.on('error', giveUp);
      thread.worker.on('exit', (code) => giveUp(new Error(`a thread ended with code ${code}`)));
    }

    return {
      hands,
      do: (part) =>
        new Promise((resolve, reject) => {
          if (broken !== undefined) return reject(broken);
          waiting.push({ part, settle: (done) => settled(done, resolve, reject) });
          handOut();
        }),
      async dismiss() {
        // Who listens goes on listening: an error that is under way must not be nobody's.
        giveUp(new Error('the crew was dismissed'));
        await Promise.all(threads.map(({ worker }) => worker.terminate()));
      },
    };
  },
});

function settled(
  done: PartDone,
  resolve: (value: unknown) => void,
  reject: (error: unknown) => void,
): void {
  if ('done' in done) resolve(done.done);
  else if ('problems' in done) {
    reject(new HoldfastError(done.kind, done.problems, { cause: done.cause }));
  } else reject(done.crashed);
}
