import { assert } from '../basics/problem.ts';
import type { Manifest } from '../publish/manifest.ts';
import { writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { requireSources } from '../sources/require-sources.ts';
import { healthBeside } from './health-beside.ts';
import { inspectSources } from './inspect-sources.ts';
import { figureConfig, type Job, type JobInput, type JobPorts, refuseFuture } from './job.ts';
import { lastPublished, publishedNear } from './past-days.ts';
import { revenueOfDay } from './reconcile.ts';
import { renewalsTracked } from './renewal-events.ts';
import { renewalsInto } from './renewal-run.ts';
import { renewalTables } from './renewal-tables.ts';
import { manifestOf, runOnce } from './run-once.ts';

/** Change it when the same config comes to mean other figures; docs/renewals.md tells of each. */
const DEFINITIONS_ID = 'renewals-1';

/** What renewals hang on; the other sources are score-accounts' to look at. */
export const renewalSources = [
  'accounts',
  'contracts',
  'usage_daily',
  'entitlements',
  'support_tickets',
  'survey_responses',
  'invoices',
  'contacts',
  'touchpoints',
  'onboarding_milestones',
  'success_plans',
  'opportunities',
  'renewal_steps',
  'plays',
  'fx_rates',
] as const;

/** Nightly: every renewal with its countdown, what is ready, and what it will bring. Safe to run again. */
export const trackRenewals: Job = {
  name: 'track-renewals',
  purpose: 'Counts down every renewal, says what is ready, and forecasts what finance can expect',
  tables: Object.values(renewalTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const run = renewalRun(input);
    return runOnce(run, { ...ports, timeZone: input.config.time_zone }, () =>
      compute(run, input, ports),
    );
  },
};

const renewalRun = (input: JobInput): Run => {
  const { renewals, renewal, churn, revenue, currency, segments, motions } = input.config;
  return runOf({
    job: 'track-renewals',
    asOf: input.asOf,
    config: figureConfig(input.config),
    definitions: definitionsOf(DEFINITIONS_ID, {
      ...{ renewals, renewal, churn, revenue, currency, segments, motions },
    }),
    revision: input.revision ?? 1,
  });
};

async function compute(run: Run, input: JobInput, ports: JobPorts): Promise<Manifest> {
  const { warehouse, store, progress } = ports;
  const revenue = await revenueOfDay(store, input);
  const checking = progress.step('Checking the sources');
  const states = await inspectSources({ ...input, warehouse, only: renewalSources });
  requireSources(states);
  checking.done(states.map(({ id, status }) => `${id} ${status}`).join(', '));

  const days = {
    lastRun: await lastPublished(store, run),
    baseline: await publishedNear(store, run, { daysAgo: 7, fewestDays: 4 }),
  };
  const { fewest_days: fewestDays } = input.config.renewals.entitlements;
  const monthAgo = await publishedNear(store, run, { daysAgo: 28, fewestDays });
  const health = await healthBeside(store, input.asOf);
  let summary: Manifest['summary'] | undefined;
  const files = await writeTables(store, run, renewalTables, async (open, others) => {
    const gathered = { ...input, run, states, days, monthAgo, health, revenue };
    summary = await renewalsInto({ open, others }, gathered, ports);
    open.renewalEvents.add(renewalsTracked(run, summary));
  });
  assert(summary !== undefined, 'tables are written only after they were filled');
  return manifestOf({ run, states, history: days, files, summary });
}
