import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { StandingMail } from './list-mail.ts';
import { noteMatters } from './open-matters.ts';
import { type MailState, moved, stateMeanings } from './state.ts';
import { changeState } from './state-file.ts';

/** So much of an id is enough where no other begins alike. */
const FEWEST_DIGITS = 6;

/** The one mail that an id, or its beginning, names. */
export const mailNamed = (listed: readonly StandingMail[], id: string): StandingMail => {
  const found = listed.filter(({ messageId }) =>
    id.length < FEWEST_DIGITS ? messageId === id : messageId.startsWith(id),
  );
  const [mail] = found;
  if (mail !== undefined && found.length === 1) return mail;
  throw refusal(id, found.length === 0 ? 'no mail of the last two weeks' : 'more than one mail', {
    expected: `an id, or the first ${FEWEST_DIGITS} or more of its digits`,
    fix: 'outbox list shows them.',
  });
};

/** How a person lets a mail go. */
export type Letting = 'release' | 'resend';

/** States in which a mail waits for a person's word. */
export const MAY_LET_GO: Readonly<Record<Letting, readonly MailState[]>> = {
  release: ['held', 'refused'],
  resend: ['uncertain'],
};

interface Word {
  readonly how: Letting;
  readonly now: Date;
}

/** What is known of a mail before its state is asked for. */
type Named = Pick<StandingMail, 'messageId' | 'kind' | 'asOf' | 'job'>;

/** Mails that a person is about to let go, written down first: a kill may come at any moment. */
export const intendToLetGo = async (
  store: ObjectStore,
  mails: readonly Named[],
  now: Date,
): Promise<void> => {
  for (const job of new Set(mails.map((mail) => mail.job))) {
    const ofJob = mails.filter((mail) => mail.job === job);
    await noteMatters(store, job, { mails: ofJob, at: now.toISOString() });
  }
};

/**
 * Lets a mail go at a person's word: one that is held or was refused (release), or one that may have
 * arrived (resend). It leaves with the words that were read. The next run in mode send sends it,
 * whatever its age and whether or not anything plans it by then.
 */
export const letGo = async (store: ObjectStore, mail: Named, word: Word): Promise<void> => {
  await intendToLetGo(store, [mail], word.now);
  await letIntendedGo(store, mail, word);
};

/** Lets one go that was written down. */
export const letIntendedGo = async (
  store: ObjectStore,
  { messageId }: Named,
  { how, now }: Word,
): Promise<void> => {
  const at = now.toISOString();
  await changeState(store, messageId, (message) => {
    const state = message?.state ?? 'planned';
    if (state === 'released') return null;
    if (message === null || !MAY_LET_GO[how].includes(state)) throw notNow(messageId, how, state);
    return moved(message, { state: 'released', at, reason: `${how} at a person's word` });
  });
};

const INSTEAD: Partial<Record<MailState, string>> = {
  uncertain: 'Ask whether it came; if not, outbox resend.',
  held: 'Let it go with outbox release.',
  refused: 'Mend what it was refused for, then outbox release.',
  sent: 'There is nothing to do.',
};

function notNow(messageId: string, how: Letting, state: MailState): HoldfastError {
  const found = `${state}: it ${stateMeanings[state]}`;
  const expected = `one that is ${MAY_LET_GO[how].join(' or ')}`;
  const fix = INSTEAD[state] ?? 'The next run looks at it.';
  return refusal(messageId, found, { expected, fix });
}

function refusal(
  id: string,
  found: string,
  rest: { readonly expected: string; readonly fix: string },
): HoldfastError {
  return new HoldfastError('usage', [{ where: `outbox ${id}`, found, ...rest }]);
}
