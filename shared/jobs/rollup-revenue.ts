import { assert } from '../basics/problem.ts';
import type { Manifest } from '../publish/manifest.ts';
import { writeTables } from '../publish/publication.ts';
import { type Run, runOf } from '../publish/run-key.ts';
import { requireSources } from '../sources/require-sources.ts';
import { healthBeside } from './health-beside.ts';
import { inspectSources } from './inspect-sources.ts';
import { figureConfig, type Job, type JobInput, type JobPorts, refuseFuture } from './job.ts';
import { lastPublished } from './past-days.ts';
import { revenueDefinitions } from './revenue-definitions.ts';
import { revenueRolledUp } from './revenue-events.ts';
import { rollupInto } from './revenue-rollup.ts';
import { revenueTables } from './revenue-tables.ts';
import { manifestOf, runOnce } from './run-once.ts';

/** What the figures hang on; the other sources are score-accounts' to look at. */
export const revenueSources = [
  'accounts',
  'contracts',
  'onboarding_milestones',
  'plays',
  'fx_rates',
] as const;

/** Nightly: ARR and what moved it, retention by every cut, and what to work on. Safe to run again. */
export const rollupRevenue: Job = {
  name: 'rollup-revenue',
  purpose:
    'Adds up ARR, its movements, NRR, GRR and churn by every cut, and ranks what is at stake',
  tables: Object.values(revenueTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const run = revenueRun(input);
    return runOnce(run, { ...ports, config: input.config }, () => compute(run, input, ports));
  },
};

const revenueRun = (input: JobInput): Run =>
  runOf({
    job: 'rollup-revenue',
    asOf: input.asOf,
    config: figureConfig(input.config),
    definitions: revenueDefinitions(input),
    revision: input.revision ?? 1,
  });

async function compute(run: Run, input: JobInput, ports: JobPorts): Promise<Manifest> {
  const { warehouse, store, progress } = ports;
  const checking = progress.step('Checking the sources');
  const states = await inspectSources({ ...input, warehouse, only: revenueSources });
  requireSources(states);
  checking.done(states.map(({ id, status }) => `${id} ${status}`).join(', '));

  const lastRun = await lastPublished(store, run);
  const health = await healthBeside(store, input.asOf);
  let summary: Manifest['summary'] | undefined;
  const files = await writeTables(store, run, revenueTables, async (open) => {
    summary = await rollupInto(open, { ...input, run, states, lastRun, health }, ports);
    open.revenueEvents.add(revenueRolledUp(run, summary));
  });
  assert(summary !== undefined, 'tables are written only after they were filled');
  return manifestOf({ run, states, history: { lastRun, baseline: health }, files, summary });
}
