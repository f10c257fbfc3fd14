import { type Day, toDay } from '../../shared/basics/day.ts';
import { planMail } from '../../shared/jobs/planned-mail.ts';
import { deliverMail } from '../../shared/outbox/deliver-mail.ts';
import type { MailRules } from '../../shared/outbox/mail-rules.ts';
import { messageIdOf } from '../../shared/outbox/message-file.ts';
import type { PlannedMessage } from '../../shared/outbox/planned-message.ts';
import type { MailPorts } from '../../shared/outbox/post-office.ts';
import { readState } from '../../shared/outbox/state-file.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { commitManifest, type Manifest, manifestPath } from '../../shared/publish/manifest.ts';
import { outboxMessages } from '../../shared/publish/outbox-tables.ts';
import { publishRun, writeTables } from '../../shared/publish/publication.ts';
import { definitionsOf, runOf } from '../../shared/publish/run-key.ts';
import { fakeClock } from './fake-clock.ts';

/** The day of mail in tests; the fake clock shows it. */
export const mailDay = toDay('2026-11-22');

const mailRules: MailRules = {
  ...{ mode: 'send', from: 'success@acme.example', from_name: 'Holdfast', reply_to: null },
  ...{ allowed_domains: ['acme.example'], redirect_to: null, on_uncertain: 'hold' },
  most_per_run: 500,
};

/** A mail to the owner of an account. */
export const mailTo = (
  address: string,
  change: Partial<PlannedMessage> & { readonly asOf?: Day } = {},
): PlannedMessage => {
  const { asOf = mailDay, ...rest } = change;
  return {
    kind: 'renewal_digest',
    key: `renewal_digest ${address} ${asOf}`,
    to: { name: null, address },
    cc: [],
    subject: 'Two renewals, $90K',
    html: '<p>Two renewals</p>',
    text: 'Two renewals',
    attachments: [
      { filename: 'a.ics', contentType: 'text/calendar', content: new Uint8Array([66, 13, 10, 0]) },
    ],
    ...rest,
  };
};

export const owners = (count: number): PlannedMessage[] =>
  Array.from({ length: count }, (_, at) => mailTo(`owner-${at}@acme.example`));

/** A run that has committed these mails and is shown to readers. */
export const mailedRun = async (
  store: ObjectStore,
  messages: readonly PlannedMessage[],
  { asOf = mailDay, revision = 1 } = {},
): Promise<Manifest> => {
  const definitions = definitionsOf('test-1', {});
  const run = runOf({ job: 'track-renewals', asOf, config: {}, definitions, revision });
  const files = await writeTables(store, run, { outboxMessages }, async (open, others) => {
    await planMail(messages, open.outboxMessages, others);
  });
  const manifest = await commitManifest(store, manifestPath(run), {
    ...{ schema_version: 2, job: run.job, as_of: asOf, run_key: run.key },
    ...{ config_hash: run.configHash, revision, definitions },
    ...{ history: { last_run: null, baseline: null }, degraded: false, sources: [], findings: 0 },
    ...{ files, summary: {} },
  });
  await publishRun(store, run);
  return manifest;
};

/** Numbers in [0, 1) that are others for another seed. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

interface Delivering extends Partial<MailPorts> {
  readonly store: ObjectStore;
  readonly rules?: Partial<MailRules>;
  readonly clock?: Clock;
}

/** Delivers the mail of a run as run-once does. */
export const deliver = (manifest: Manifest, { store, rules, ...ports }: Delivering) =>
  deliverMail(manifest, {
    ...{ mailer: null, draft: null, random: randomFrom(1), clock: fakeClock() },
    ...{ timeZone: 'UTC', store, rules: { ...mailRules, ...rules } },
    ...ports,
  });

/** How a planned message stands. */
export const standingOf = async (store: ObjectStore, message: PlannedMessage) =>
  (await readState(store, messageIdOf(message)))?.message ?? null;
