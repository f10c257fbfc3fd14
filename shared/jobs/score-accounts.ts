import { plural } from '../basics/text.ts';
import { accountRows } from '../features/account-row.ts';
import { featureQuery } from '../features/feature-query.ts';
import { answerableFrom } from '../health/answerable.ts';
import { type Health, scorerFor } from '../health/score.ts';
import { segmentOf } from '../health/segment.ts';
import { type SegmentHealth, segmentHealthTally } from '../health/segment-health.ts';
import { commitManifest, type Manifest, manifestPath, readManifest } from '../publish/manifest.ts';
import { type OpenTables, publishRun, writeTables } from '../publish/publication.ts';
import { definitionsOf, type Run, runOf } from '../publish/run-key.ts';
import { accountHealth, dataQuality, healthReceipts, segmentHealth } from '../publish/tables.ts';
import type { SourceState } from '../sources/finding.ts';
import { requireSources } from '../sources/require-sources.ts';
import { accountHealthRow, dataQualityRows, receiptRows, segmentHealthRow } from './health-rows.ts';
import { inspectSources } from './inspect-sources.ts';
import {
  figureConfig,
  type Job,
  type JobInput,
  type JobPorts,
  publicationWords,
  refuseFuture,
} from './job.ts';

/** Change it when the same config comes to mean other figures; docs/scoring.md tells of each. */
const DEFINITIONS_ID = 'health-1';

const tables = { accountHealth, healthReceipts, segmentHealth, dataQuality };

/** Nightly: one score per account. Safe to run again for the same day. */
export const scoreAccounts: Job = {
  name: 'score-accounts',
  purpose: 'Scores the health of every account and explains each score',
  tables: Object.values(tables),

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
  const { model, segments, currency } = config;
  const definitions = definitionsOf(DEFINITIONS_ID, { model, segments, currency });
  return runOf({
    job: 'score-accounts',
    asOf,
    config: figureConfig(config),
    definitions,
    revision,
  });
}

async function compute(run: Run, input: JobInput, ports: JobPorts): Promise<Manifest> {
  const checking = ports.progress.step('Checking the sources');
  const states = await inspectSources({ ...input, warehouse: ports.warehouse });
  requireSources(states);
  checking.done(states.map(({ id, status }) => `${id} ${status}`).join(', '));

  let parts: SegmentHealth[] = [];
  const files = await writeTables(ports.store, run, tables, async (open) => {
    parts = await scoreInto(open, run, states, input, ports);
    for (const part of parts) open.segmentHealth.add(segmentHealthRow(part));
    for (const state of states) dataQualityRows(state).forEach(open.dataQuality.add);
  });
  const { reporting } = input.config.currency;
  const manifest = manifestOf(run, states, files, parts, reporting);
  return commitManifest(ports.store, manifestPath(run), manifest);
}

async function scoreInto(
  open: OpenTables<typeof tables>,
  run: Run,
  states: readonly SourceState[],
  { config, asOf }: JobInput,
  { warehouse, progress }: JobPorts,
): Promise<SegmentHealth[]> {
  const healthOf = scorerFor(config.model, answerableFrom(states));
  const tally = segmentHealthTally();
  const rowsExpected = states.find(({ id }) => id === 'accounts')?.rows ?? 0;
  const scoring = progress.step('Reading and scoring accounts');
  let done = 0;

  const sql = featureQuery(states, { asOf, ...config.currency });
  const query = {
    name: 'account-features',
    sql,
    runKey: run.key,
    orderBy: 'account_id',
    rowsExpected,
  };
  for await (const batch of warehouse.stream(query)) {
    for (const account of accountRows(batch, asOf)) {
      const health: Health = healthOf(account);
      const segment = segmentOf(account, config.segments).id;
      const place = { segment, currency: config.currency.reporting };
      open.accountHealth.add(accountHealthRow(account, health, place));
      receiptRows(account.accountId, health).forEach(open.healthReceipts.add);
      // Those who left and those yet to begin would drown the customers of today.
      if (account.liveLines > 0) tally.add({ account, health, segment });
    }
    done += batch.rowCount;
    await open.accountHealth.flush();
    await open.healthReceipts.flush();
    scoring.update(done, rowsExpected);
  }
  scoring.done(plural(done, 'account'));
  return tally.parts();
}

function manifestOf(
  run: Run,
  states: readonly SourceState[],
  files: Manifest['files'],
  parts: readonly SegmentHealth[],
  currency: string,
): Manifest {
  const whole = parts.filter(({ cut }) => cut === 'all');
  return {
    schema_version: 1,
    job: run.job,
    as_of: run.asOf,
    run_key: run.key,
    config_hash: run.configHash,
    revision: run.revision,
    definitions: run.definitions,
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
    summary: {
      currency,
      accounts: files.find(({ table }) => table === accountHealth.name)?.rows ?? 0,
      ...Object.fromEntries(
        whole.flatMap(({ band, accounts, arrCents }) => [
          [`${band}_customers`, accounts],
          [`${band}_arr_cents`, arrCents],
        ]),
      ),
    },
  };
}
