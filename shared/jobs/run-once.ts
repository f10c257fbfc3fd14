import type { Config } from '../config/schema.ts';
import { deliverEarlier, deliverEvents } from '../events/deliver.ts';
import { deliverMail, type MailDelivered, mailWaiting } from '../outbox/deliver-mail.ts';
import { plansMail } from '../outbox/planned-mail.ts';
import { commitManifest, type Manifest, manifestPath, readManifest } from '../publish/manifest.ts';
import { publishRun } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import type { SourceState } from '../sources/finding.ts';
import {
  deliveryWords,
  type JobOutcome,
  type JobPorts,
  mailWords,
  publicationWords,
} from './job.ts';
import type { PastDay } from './past-days.ts';

/**
 * Computes a run unless an earlier attempt has committed it, commits it, shows it to readers, tells
 * its events to whoever listens, and delivers its mail. Whatever was killed half-way is done again;
 * whatever was committed is left as it is.
 */
export const runOnce = async (
  run: Run,
  { config, ...ports }: JobPorts & { readonly config: Settings },
  compute: () => Promise<Manifest>,
): Promise<JobOutcome> => {
  const { store, bus, progress } = ports;
  const path = manifestPath(run);
  const committed = await readManifest(store, path);
  const manifest = committed ?? (await commitManifest(store, path, await compute()));
  const publishing = progress.step('Publishing');
  const publication = await publishRun(store, run);
  publishing.done(publicationWords(publication));

  const telling = progress.step('Telling events');
  // Of a day that a later revision has taken, that revision tells.
  const listening = publication.published ? bus : null;
  const delivery = { store, bus: listening, timeZone: config.time_zone };
  if (listening !== null) await deliverEarlier(manifest, delivery);
  const events = await deliverEvents(manifest, delivery);
  telling.done(deliveryWords(events));
  const mail = publication.published
    ? await mailed(manifest, { ...ports, config })
    : mailWaiting(manifest);
  return { manifest, computed: committed === null, ...publication, events, mail };
};

/** What delivery goes by; the figures are computed already. */
type Settings = Pick<Config, 'time_zone' | 'mail'>;

/** Of a job that plans mail: what this day and those before it have left to be delivered. */
async function mailed(
  manifest: Manifest,
  { store, mail, clock, progress, config }: JobPorts & { readonly config: Settings },
): Promise<MailDelivered> {
  const waiting = mailWaiting(manifest);
  if (mail === undefined || !plansMail(manifest)) return waiting;
  const mailing = progress.step('Mailing');
  const rules = { rules: config.mail, timeZone: config.time_zone };
  const delivered = await deliverMail(manifest, { ...mail, ...rules, store, clock });
  mailing.done(mailWords(delivered));
  return delivered;
}

interface Found {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly files: Manifest['files'];
  readonly history: { readonly lastRun: PastDay | null; readonly baseline: PastDay | null };
  readonly summary: Manifest['summary'];
}

/** What a run read and wrote, for its commit. */
export const manifestOf = ({ run, states, files, history, summary }: Found): Manifest => ({
  schema_version: 2,
  job: run.job,
  as_of: run.asOf,
  run_key: run.key,
  config_hash: run.configHash,
  revision: run.revision,
  definitions: run.definitions,
  history: { last_run: named(history.lastRun), baseline: named(history.baseline) },
  degraded: isDegraded(states),
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
  summary,
});

/** Whether an optional source was left out. */
export const isDegraded = (states: readonly SourceState[]): boolean =>
  states.some(({ status }) => status === 'stale' || status === 'broken');

const named = (day: PastDay | null) =>
  day === null ? null : { as_of: day.asOf, run_key: day.manifest.run_key };
