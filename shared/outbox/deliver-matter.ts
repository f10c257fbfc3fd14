import { deliverMessage } from './deliver-message.ts';
import type { Matter } from './open-matters.ts';
import { orBroken } from './or-broken.ts';
import type { PostOffice } from './post-office.ts';
import type { MailState } from './state.ts';
import { readState } from './state-file.ts';

/** States in which something is owed, or not known, whatever runs plan by now. */
export const OPEN: readonly MailState[] = ['claimed', 'uncertain', 'released'];

/**
 * Takes on a mail that was let go or handed over, in its own words, although no run may plan it any more.
 * A doubt about it is a person's: only what is still planned is sent again by itself.
 */
export const deliverMatter = (
  { messageId, kind, asOf }: Matter,
  office: PostOffice,
): Promise<MailState | 'broken'> =>
  orBroken(async () => {
    const standing = await readState(office.store, messageId);
    const state = standing?.message.state ?? 'planned';
    if (standing === null || !OPEN.includes(state)) return state;
    const { run_key: runKey, file } = standing.message;
    const rules = { ...office.rules, on_uncertain: 'hold' } as const;
    return deliverMessage({ messageId, kind, asOf, runKey, file }, { ...office, rules });
  });
