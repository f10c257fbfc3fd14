import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../shared/basics/day.ts';
import { companyOf } from './company.ts';
import { AS_OF } from './day.ts';
import type { Setting } from './measure-size.ts';
import { type RenewalsResult, summaryOf, thisMachine } from './results.ts';
import { type Measured, runStage } from './run-stage.ts';

/** The day a week before, which the walk and the countdown go on from. */
const WEEK_AGO = addDays(AS_OF, -7);

/**
 * Times track-renewals on its first day and a week later, each beside the revenue of the day, which
 * is not timed here. No health is published: every account is unscored.
 */
export const measureRenewals = async (
  accounts: number,
  { runs, cache, say }: Setting,
): Promise<RenewalsResult> => {
  const config = join(await companyOf(accounts, cache), 'holdfast.yaml');
  const machine = thisMachine();
  const out = join(cache, 'outputs');
  const measured: Record<'first' | 'later', Measured[]> = { first: [], later: [] };
  for (let run = 1; run <= runs; run += 1) {
    await rm(out, { recursive: true, force: true });
    for (const [name, asOf] of [
      ['first', WEEK_AGO],
      ['later', AS_OF],
    ] as const) {
      const stage = (job: string) =>
        runStage({ script: 'stages/job.ts', input: { job, config, asOf, out } });
      await stage('rollup-revenue');
      const found = await stage('track-renewals');
      measured[name].push(found);
      const memory = `${Math.round(found.peakMib)} MiB`;
      say(
        `  ${accounts} ${run}/${runs} renewals, ${name} day: ${found.seconds.toFixed(1)} s, ${memory}`,
      );
    }
  }
  await rm(out, { recursive: true, force: true });
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    first: summaryOf(measured.first),
    later: summaryOf(measured.later),
  };
};
