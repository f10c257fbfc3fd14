import { type Found, plannedIn, settleAs, standingOf, wordsOf } from './found-message.ts';
import { enveloped } from './last-door.ts';
import type { PostOffice } from './post-office.ts';
import { type MailState, moved } from './state.ts';

/** Leaves a message to a person, with a draft of it to be read. */
export const holdMessage = async (
  found: Found,
  reason: string,
  office: PostOffice,
): Promise<MailState> => {
  const { store, draft, clock } = office;
  const words = wordsOf(found);
  let said = reason;
  if (draft !== null) {
    const message = enveloped(await plannedIn(store, words.file), { ...office, ...found.mail });
    const drafted = await draft.send(message);
    if (drafted.status !== 'sent') said = `${reason}; no .eml: ${drafted.reason}`;
  }
  const change = { state: 'held', at: clock.now().toISOString(), ...words, reason: said } as const;
  return settleAs(found, moved(standingOf(found), change), store);
};
