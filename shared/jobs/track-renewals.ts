import { assert } from '../basics/problem.ts';
import type { Manifest } from '../publish/manifest.ts';
import { writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { requireSources } from '../sources/require-sources.ts';
import { healthBeside } from './health-beside.ts';
import { inspectSources } from './inspect-sources.ts';
import { figureConfig, type Job, type JobInput, type JobPorts, refuseFuture } from './job.ts';
import { lastPublished, type PastDay, publishedNear } from './past-days.ts';
import { type RevenueOfDay, revenueOfDay } from './reconcile.ts';
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
  'success_plans',
  'opportunities',
  'renewal_steps',
  'fx_rates',
] as const;

/** Nightly: every renewal with its countdown, what is ready, and what it will bring. Safe to run again. */
export const trackRenewals: Job = {
  name: 'track-renewals',
  purpose: 'Counts down every renewal, says what is ready, and forecasts what finance can expect',
  tables: Object.values(renewalTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const revenue = await revenueOfDay(ports.store, input);
    const run = renewalRun(input, revenue);
    return runOnce(run, { ...ports, config: input.config }, () =>
      compute(run, { ...input, revenue }, ports),
    );
  },
};

/** Another run of the day's revenue is another run of this: what reconciled with one need not with it. */
const renewalRun = (input: JobInput, { manifest }: RevenueOfDay): Run => {
  const { renewals, renewal, churn, revenue, currency, segments, motions } = input.config;
  return runOf({
    job: 'track-renewals',
    asOf: input.asOf,
    config: { ...figureConfig(input.config), revenue_run: manifest.run_key },
    definitions: definitionsOf(DEFINITIONS_ID, {
      ...{ renewals, renewal, churn, revenue, currency, segments, motions },
    }),
    revision: input.revision ?? 1,
  });
};

interface Input extends JobInput {
  readonly revenue: RevenueOfDay;
}

async function compute(run: Run, input: Input, ports: JobPorts): Promise<Manifest> {
  const { warehouse, store, progress } = ports;
  const checking = progress.step('Checking the sources');
  const states = await inspectSources({ ...input, warehouse, only: renewalSources });
  requireSources(states);
  checking.done(states.map(({ id, status }) => `${id} ${status}`).join(', '));

  const days = {
    lastRun: await lastPublished(store, run),
    baseline: await publishedNear(store, run, { daysAgo: 7, fewestDays: 4 }),
  };
  const { reporting } = input.config.currency;
  const inMoney = (day: PastDay | null) =>
    day?.manifest.summary.currency === reporting ? day : null;
  const money = { lastRun: inMoney(days.lastRun), baseline: inMoney(days.baseline) };
  const { fewest_days: fewestDays } = input.config.renewals.entitlements;
  const monthAgo = await publishedNear(store, run, { daysAgo: 28, fewestDays });
  const health = await healthBeside(store, input.asOf);
  let summary: Manifest['summary'] | undefined;
  const files = await writeTables(store, run, renewalTables, async (open, others) => {
    const gathered = { ...input, run, states, days, money, monthAgo, health };
    summary = await renewalsInto({ open, others }, gathered, ports);
    open.renewalEvents.add(renewalsTracked(run, summary));
  });
  assert(summary !== undefined, 'tables are written only after they were filled');
  return manifestOf({ run, states, history: days, files, summary });
}
