import { assert } from '../basics/problem.ts';
import { commitManifest, type Manifest, manifestPath, readManifest } from '../publish/manifest.ts';
import { publishRun, writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { accountHealth } from '../publish/tables.ts';
import type { SourceState } from '../sources/finding.ts';
import { requireSources } from '../sources/require-sources.ts';
import { inspectSources } from './inspect-sources.ts';
import {
  figureConfig,
  type Job,
  type JobInput,
  type JobPorts,
  publicationWords,
  refuseFuture,
} from './job.ts';
import { type PastDay, type PastDays, pastDays } from './past-days.ts';
import { type ScoreSummary, scoreInto } from './score-stream.ts';
import { scoreTables } from './score-tables.ts';

/** Change it when the same config comes to mean other figures; docs/scoring.md tells of each. */
const DEFINITIONS_ID = 'health-2';

/** Nightly: one score per account, why it moved, and what is at risk. Safe to run again. */
export const scoreAccounts: Job = {
  name: 'score-accounts',
  purpose: 'Scores the health of every account, explains each score and flags what is at risk',
  tables: Object.values(scoreTables),

  async run(input, ports) {
    refuseFuture(input, ports.clock);
    const run = runFor(input);

    const committed = await readManifest(ports.store, manifestPath(run));
    const manifest = committed ?? (await compute(run, input, ports));

    const publishing = ports.progress.step('Publishing');
    const publication = await publishRun(ports.store, run);
    publishing.done(publicationWords(publication));
    return { manifest, computed: committed === null, ...publication };
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
  const manifest = manifestOf({ run, states, days, files, summary, input });
  return commitManifest(ports.store, manifestPath(run), manifest);
}

interface Found {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
  readonly files: Manifest['files'];
  readonly summary: ScoreSummary;
  readonly input: JobInput;
}

function manifestOf({ run, states, days, files, summary, input }: Found): Manifest {
  return {
    schema_version: 2,
    job: run.job,
    as_of: run.asOf,
    run_key: run.key,
    config_hash: run.configHash,
    revision: run.revision,
    definitions: run.definitions,
    history: { last_run: named(days.lastRun), baseline: named(days.baseline) },
    degraded: states.some(({ status }) => status === 'stale' || status === 'broken'),
    sources: states.map((state) => ({
      id: state.id,
      status: state.status,
      reason: state.reason,
      rows: state.rows,
      last_day: state.lastDay,
      freshness_days: state.freshnessDays,
    })),
    findings: states.reduce((sum, { findings }) => sum + findings.length, 0),
    files,
    summary: summaryOf(summary, files, input.config.currency.reporting),
  };
}

const named = (day: PastDay | null) =>
  day === null ? null : { as_of: day.asOf, run_key: day.manifest.run_key };

function summaryOf(
  { parts, guard, changedBand, overridden, openFlags, overdue, shown }: ScoreSummary,
  files: Manifest['files'],
  currency: string,
): Manifest['summary'] {
  const whole = parts.filter(({ cut }) => cut === 'all');
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
