import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Day } from '../shared/basics/day.ts';
import { madeOnce } from './cache.ts';
import { companyOf } from './company.ts';
import { AS_OF, PAST_DAYS } from './day.ts';
import { runStage } from './run-stage.ts';
import { copyUnloaded } from './unloaded.ts';

/** All that stages of one size need, made before anything is timed. */
export interface Place {
  readonly config: string;
  readonly configText: string;
  /** What Athena left behind of each day. */
  readonly unloaded: ReadonlyMap<Day, string>;
  /** Results of the earlier days. */
  readonly history: string;
}

const DAYS = [...PAST_DAYS, AS_OF];

/** A company with its history and its unloaded days. */
export const preparedPlace = async (accounts: number, cache: string): Promise<Place> => {
  const within = await companyOf(accounts, cache);
  const config = join(within, 'holdfast.yaml');
  const unloaded = new Map<Day, string>();
  for (const asOf of DAYS) {
    const made = { within, name: `unloaded-${asOf}`, by: ['shared'] };
    const unload = async (folder: string) => {
      await runStage({ script: 'stages/unload.ts', input: { config, asOf, folder } });
    };
    unloaded.set(asOf, await madeOnce(made, unload));
  }
  const history = await madeOnce({ within, name: 'history', by: ['shared'] }, async (out) => {
    for (const asOf of PAST_DAYS) {
      await runStage({ script: 'stages/whole-job.ts', input: { config, asOf, out } });
    }
  });
  return { config, configText: await readFile(config, 'utf8'), unloaded, history };
};

interface Larger {
  readonly copies: number;
  readonly folder: string;
  readonly lambdaBundle: string;
}

/** The same several times over, for the Lambda's part alone: no company stands behind it. */
export const largerPlace = async (
  place: Place,
  { copies, folder, lambdaBundle }: Larger,
): Promise<Place> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const unloaded = new Map<Day, string>();
  for (const day of DAYS) {
    const from = place.unloaded.get(day) ?? '';
    const made = { within: folder, name: `unloaded-${day}`, by: ['shared'] };
    unloaded.set(day, await madeOnce(made, (to) => copyUnloaded(connection, { from, to, copies })));
  }
  connection.closeSync();
  instance.closeSync();
  const made = { within: folder, name: 'history', by: ['shared'] };
  const history = await madeOnce(made, async (out) => {
    for (const asOf of PAST_DAYS) {
      const input = { configText: place.configText, asOf, folder: unloaded.get(asOf), out };
      await runStage({ script: lambdaBundle, input });
    }
  });
  return { ...place, unloaded, history };
};
