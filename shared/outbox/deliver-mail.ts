import type { Manifest } from '../publish/manifest.ts';
import { deliverMatter } from './deliver-matter.ts';
import { type Deliveries, deliverRun } from './deliver-run.ts';
import { closeMatters, isOver, openMatters } from './open-matters.ts';
import { mailPlannedBy, runsBefore } from './planned-mail.ts';
import { budgetFor, type PostOffice } from './post-office.ts';
import { settledNote } from './settled-note.ts';
import type { MailState } from './state.ts';

/** How far a run's mail has come, by this attempt and those before it. */
export interface MailDelivered {
  readonly planned: number;
  readonly sent: number;
  readonly held: number;
  readonly uncertain: number;
  readonly refused: number;
  /** For a run that may send them, or for another that is sending them now. */
  readonly waiting: number;
  /** Ids of the messages of this run and of earlier days that may have arrived, or not. */
  readonly doubtful: readonly string[];
  /** Likewise of messages of which a file is damaged or gone: nothing is sent for them. */
  readonly broken: readonly string[];
}

/** Of a run whose mail nobody delivers: all of it waits. */
export const mailWaiting = (manifest: Manifest): MailDelivered => {
  const planned = mailPlannedBy(manifest);
  return { ...counted(new Map(), new Map()), planned, waiting: planned };
};

type Delivery = Omit<PostOffice, 'budget' | 'beforeClaim'>;

/**
 * Delivers the mail that a run has committed, then what is open of any day, then what earlier days have
 * left, the latest first: news is for today. Each message at most once, whoever is killed where. What
 * may have left is told, and never sent again unasked.
 */
export const deliverMail = async (
  manifest: Manifest,
  delivery: Delivery,
): Promise<MailDelivered> => {
  const office = { ...delivery, budget: budgetFor(delivery.rules, delivery.clock) };
  const own = await deliverRun(manifest, office);
  return counted(own, await deliverEarlier(manifest, own, office));
};

/** All that is not of the run itself; a message of several runs as it stood last. */
async function deliverEarlier(
  { job, as_of: asOf }: Manifest,
  own: Deliveries,
  office: PostOffice,
): Promise<Deliveries> {
  const { store, clock } = office;
  const earlier = new Map<string, MailState | 'broken'>();
  const matters = await openMatters(store, job);
  for (const matter of matters) {
    if (own.has(matter.messageId)) continue;
    earlier.set(matter.messageId, await deliverMatter(matter, office));
  }
  for (const run of await runsBefore(store, job, asOf)) {
    if (mailPlannedBy(run) === 0 || (await settledNote(store, run)).isSettled) continue;
    for (const [id, state] of await deliverRun(run, office)) earlier.set(id, state);
  }
  const over = matters.filter((matter) => {
    const state = own.get(matter.messageId) ?? earlier.get(matter.messageId) ?? 'planned';
    return isOver(matter, state, clock.now());
  });
  await closeMatters(store, job, over);
  return earlier;
}

function counted(own: Deliveries, earlier: Deliveries): MailDelivered {
  const states = [...own.values()];
  const count = (...counting: (MailState | 'broken')[]) =>
    states.filter((state) => counting.includes(state)).length;
  const idsOf = (wanted: MailState | 'broken') =>
    [...own, ...earlier].filter(([, state]) => state === wanted).map(([id]) => id);
  return {
    planned: states.length,
    sent: count('sent'),
    held: count('held'),
    uncertain: count('uncertain'),
    refused: count('refused'),
    waiting: count('planned', 'claimed', 'released'),
    doubtful: idsOf('uncertain'),
    broken: idsOf('broken'),
  };
}
