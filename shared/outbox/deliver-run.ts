import type { Manifest } from '../publish/manifest.ts';
import { deliverMessage } from './deliver-message.ts';
import { noteMatters } from './open-matters.ts';
import { orBroken } from './or-broken.ts';
import { type ListedMail, mailOf, mailPlannedBy } from './planned-mail.ts';
import type { PostOffice } from './post-office.ts';
import { settledNote } from './settled-note.ts';
import type { MailState } from './state.ts';

/** How messages stand after a delivery, by their ids. */
export type Deliveries = ReadonlyMap<string, MailState | 'broken'>;

const SETTLED: readonly (MailState | 'broken')[] = ['sent', 'held', 'refused'];

/** Delivers the mails of one run, in the order of its table. */
export const deliverRun = async (manifest: Manifest, office: PostOffice): Promise<Deliveries> => {
  const states = new Map<string, MailState | 'broken'>();
  if (mailPlannedBy(manifest) === 0) return states;
  const note = await settledNote(office.store, manifest);
  const mails = await mailOf(office.store, manifest);
  const noting = { ...office, beforeClaim: notingOf(manifest, mails, office) };
  for (const mail of mails) {
    states.set(mail.messageId, await orBroken(() => deliverMessage(mail, noting)));
  }
  const isSettled = [...states.values()].every((state) => SETTLED.includes(state));
  if (isSettled && !note.isSettled) await note.settle();
  return states;
};

/** Writes down in one go as many as may be claimed from here: one by one would be slow. */
function notingOf(
  { job }: Manifest,
  mails: readonly ListedMail[],
  { store, clock, budget }: PostOffice,
): NonNullable<PostOffice['beforeClaim']> {
  const noted = new Set<string>();
  return async ({ messageId }) => {
    if (noted.has(messageId)) return;
    const from = mails.findIndex((mail) => mail.messageId === messageId);
    const next = mails.slice(from, from + Math.max(1, budget.sends));
    await noteMatters(store, job, { mails: next, at: clock.now().toISOString() });
    for (const mail of next) noted.add(mail.messageId);
  };
}
