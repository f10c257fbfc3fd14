import { assert } from '../basics/problem.ts';
import type { Manifest } from '../publish/manifest.ts';
import { writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { accountHealth } from '../publish/tables.ts';
import { requireSources } from '../sources/require-sources.ts';
import { inspectSources } from './inspect-sources.ts';
import { figureConfig, type Job, type JobInput, type JobPorts, refuseFuture } from './job.ts';
import { pastDays } from './past-days.ts';
import { manifestOf, runOnce } from './run-once.ts';
import { type ScoreSummary, scoreInto } from './score-stream.ts';
import { scoreTables } from './score-tables.ts';

/** Change it when the same config comes to mean other figures; docs/scoring.md tells of each. */
const DEFINITIONS_ID = 'health-3';

/** Nightly: one score per account, why it moved, and what is at risk. Safe to run again. */
export const scoreAccounts: Job = {
  name: 'score-accounts',
  purpose: 'Scores the health of every account, explains each score and flags what is at risk',
  tables: Object.values(scoreTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const run = runFor(input);

    return runOnce(run, { ...ports, config: input.config }, () => compute(run, input, ports));
  },
};

function runFor({ config, asOf, revision = 1 }: JobInput): Run {
  const { model, segments, motions, currency, risk } = config;
  const meaning = { model, segments, motions, currency, risk };
  return runOf({
    job: 'score-accounts',
    asOf,
    config: figureConfig(config),
    definitions: definitionsOf(DEFINITIONS_ID, meaning),
    revision,
  });
}

async function compute(run: Run, input: JobInput, ports: JobPorts): Promise<Manifest> {
  const checking = ports.progress.step('Checking the sources');
  const states = await inspectSources({ ...input, warehouse: ports.warehouse });
  requireSources(states);
  checking.done(states.map(({ id, status }) => `${id} ${status}`).join(', '));

  const fewestDays = input.config.model.trend.fewest_days;
  const days = await pastDays(ports.store, run, { fewestDays });
  let summary: ScoreSummary | undefined;
  const files = await writeTables(ports.store, run, scoreTables, async (open) => {
    summary = await scoreInto(open, { ...input, run, states, days }, ports);
  });
  assert(summary !== undefined, 'tables are written only after they were filled');
  const words = summaryOf(summary, files, input.config.currency.reporting);
  return manifestOf({ run, states, history: days, files, summary: words });
}

function summaryOf(
  { whole, guard, changedBand, overridden, openFlags, overdue, shown }: ScoreSummary,
  files: Manifest['files'],
  currency: string,
): Manifest['summary'] {
  return {
    currency,
    accounts: files.find(({ table }) => table === accountHealth.name)?.rows ?? 0,
    ...Object.fromEntries(
      whole.flatMap(({ band, accounts, arrCents }) => [
        [`${band}_customers`, accounts],
        [`${band}_arr_cents`, arrCents],
      ]),
    ),
    changed_band: changedBand,
    overridden_bands: overridden,
    open_flags: openFlags,
    overdue_flags: overdue,
    shown_flags: shown,
    alerts_held: guard !== null,
    alerts_held_because: guard,
  };
}
