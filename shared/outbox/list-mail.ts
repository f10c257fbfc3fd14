import type { Day } from '../basics/day.ts';
import { describeProblem } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { DamagedFile } from '../publish/decode-json.ts';
import { readPointer } from '../publish/pointer.ts';
import { OPEN } from './deliver-matter.ts';
import { plannedIn } from './found-message.ts';
import { messageFolder, messageJson } from './message-file.ts';
import { type Matter, openMatters } from './open-matters.ts';
import { orBroken } from './or-broken.ts';
import { type ListedMail, mailOf, runShownOf, runsBefore } from './planned-mail.ts';
import type { PlannedMessage } from './planned-message.ts';
import type { MailState, MessageState } from './state.ts';
import { readState } from './state-file.ts';

/** A mail as it would be sent, and how it stands; null where nobody has touched it. */
export interface StandingMail extends ListedMail {
  readonly job: string;
  readonly standing: MessageState | null;
  /** What the run that readers are shown of its day has, where it is not these words. */
  readonly later: 'other words' | 'no such mail' | null;
  /** Which file of it is damaged or gone, and what to do; nothing is sent for it until then. */
  readonly damage: string | null;
}

/** The mails of some jobs over the two weeks up to their latest day, the latest first, and all that is open. */
export const listMail = async (
  store: ObjectStore,
  jobs: readonly string[],
): Promise<StandingMail[]> => {
  const listed: StandingMail[] = [];
  for (const job of jobs) {
    const latest = await readPointer(store, job);
    const shown = latest && (await runShownOf(store, job, latest.as_of));
    const before = latest === null ? [] : await runsBefore(store, job, latest.as_of);
    const known = new Set<string>();
    for (const run of [...(shown === null ? [] : [shown]), ...before]) {
      for (const mail of await mailOf(store, run)) {
        known.add(mail.messageId);
        listed.push(await standingMail(store, job, mail));
      }
    }
    for (const matter of await openMatters(store, job)) {
      if (known.has(matter.messageId)) continue;
      const mail = await openMail(store, job, matter);
      if (mail !== null) listed.push(mail);
    }
  }
  return listed;
};

async function standingMail(
  store: ObjectStore,
  job: string,
  mail: ListedMail,
): Promise<StandingMail> {
  const found = { ...mail, job, standing: null, later: null, damage: null };
  return orDamaged(found, async () => {
    const standing = (await readState(store, mail.messageId))?.message ?? null;
    const state = standing?.state ?? 'planned';
    if (standing !== null && KEEPING.includes(state) && standing.file !== mail.file) {
      return { ...(await inOwnWords(store, found, standing)), standing };
    }
    // Of what is about to leave it is told in time that it cannot.
    if (ABOUT_TO_LEAVE.includes(state)) await plannedIn(store, mail.file);
    return { ...found, standing };
  });
}

/** States that a mail leaves, if at all, in the words of its state: they may have been read. */
const KEEPING: readonly MailState[] = ['held', 'refused', 'released', 'uncertain'];

const ABOUT_TO_LEAVE: readonly MailState[] = ['planned', 'released'];

async function inOwnWords(store: ObjectStore, mail: StandingMail, standing: MessageState) {
  const own = await plannedIn(store, standing.file);
  const shown = await orBroken(() => plannedIn(store, mail.file));
  const isSame = shown !== 'broken' && messageJson(shown) === messageJson(own);
  const later = isSame ? null : ('other words' as const);
  return { ...mail, ...wordsOf(own), ...placeOf(standing), later };
}

/** A mail that no run of the list plans; null where nothing is open of it by now. */
async function openMail(
  store: ObjectStore,
  job: string,
  { messageId, kind, asOf }: Matter,
): Promise<StandingMail | null> {
  const unknown = { recipient: '?', copies: null, subject: '?', runKey: '', file: '' };
  const folder = messageFolder(messageId);
  const bare = { ...unknown, messageId, kind, asOf, folder, job };
  const found = { ...bare, standing: null, later: null, damage: null };
  return orDamaged<StandingMail | null>(found, async () => {
    const standing = (await readState(store, messageId))?.message ?? null;
    if (standing === null || !OPEN.includes(standing.state)) return null;
    const later = (await isPlanned(store, job, { messageId, asOf })) ? null : 'no such mail';
    const place = { ...found, ...placeOf(standing), standing, later } as const;
    return orDamaged(place, async () => ({
      ...place,
      ...wordsOf(await plannedIn(store, standing.file)),
    }));
  });
}

async function isPlanned(
  store: ObjectStore,
  job: string,
  { messageId, asOf }: { readonly messageId: string; readonly asOf: Day },
): Promise<boolean> {
  const run = await runShownOf(store, job, asOf);
  const mails = run === null ? [] : await mailOf(store, run);
  return mails.some((mail) => mail.messageId === messageId);
}

const placeOf = ({ run_key: runKey, file }: MessageState) => ({ runKey, file });

const wordsOf = ({ to, cc, subject }: PlannedMessage) => ({
  recipient: to.address,
  copies: cc.length === 0 ? null : cc.map(({ address }) => address).join(', '),
  subject,
});

/** One damaged file hides no other mail. */
async function orDamaged<T extends StandingMail | null>(
  mail: StandingMail,
  read: () => Promise<T>,
): Promise<T | StandingMail> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    return { ...mail, damage: error.problems.map(describeProblem).join('; ') };
  }
}
