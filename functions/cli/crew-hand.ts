import { parentPort, workerData } from 'node:worker_threads';
import { HoldfastError } from '../../shared/basics/problem.ts';
import { type RangeSetting, rangeScorer, SCORE_RANGES } from '../../shared/jobs/score-range.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import type { Hire, PartDone } from '../adapters/local/thread-crew.ts';
import { openStore } from './open-warehouse.ts';

type Worked = (part: never) => Promise<unknown>;

/** What a thread can be hired for. */
const works: Readonly<Record<string, (setting: never, store: ObjectStore) => Promise<Worked>>> = {
  [SCORE_RANGES]: (setting: RangeSetting, store) => rangeScorer(setting, store),
};

/** The program of a thread: prepares once, then does part after part. */
const { work, setting, out } = workerData as Hire;
const prepared = openStore(out).then((store) => works[work]?.(setting as never, store));
// Told with the first part.
prepared.catch(() => undefined);

parentPort?.on('message', async (part) => {
  parentPort?.postMessage(await partDone(part));
});

async function partDone(part: unknown): Promise<PartDone> {
  try {
    const does = await prepared;
    if (does === undefined) throw new Error(`nobody here knows ${work}`);
    return { done: await does(part as never) };
  } catch (error) {
    if (error instanceof HoldfastError) {
      const { problems, kind, cause } = error;
      return { problems, kind, cause };
    }
    return { crashed: error };
  }
}
