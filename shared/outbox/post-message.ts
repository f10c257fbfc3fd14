import { HoldfastError } from '../basics/problem.ts';
import type { Mailer, MailMessage, SendResult } from '../ports/mailer.ts';
import { type Found, plannedIn, settleAs, standingOf, wordsOf } from './found-message.ts';
import { holdMessage } from './hold-message.ts';
import { enveloped, throughDoor } from './last-door.ts';
import type { PostOffice } from './post-office.ts';
import { leadToReport } from './report-link.ts';
import { type MailState, type MessageState, mayFollow, moved } from './state.ts';
import { changeState, readState, writeState } from './state-file.ts';

/**
 * Claims a message, hands it over and notes what came of it. Whoever loses the claim leaves it alone; a
 * claim whose owner was killed stays behind, and says that the mail may have left.
 */
export const postMessage = async (found: Found, office: PostOffice): Promise<MailState> => {
  const { store, rules, mailer, clock, budget } = office;
  const standing = standingOf(found);
  if (mailer === null) return standing.state;
  const { messageId } = found.mail;
  const words = wordsOf(found);
  const planned = await plannedIn(store, words.file);
  const message = enveloped(planned, { ...office, ...found.mail });
  const passed = await throughDoor(store, message, rules);
  const at = clock.now().toISOString();
  if ('refusal' in passed) {
    const change = { state: 'refused', at, ...words, reason: passed.refusal } as const;
    return settleAs(found, moved(standing, change), store);
  }
  const about = { kind: planned.kind, asOf: found.mail.asOf, links: office.reportLinks, clock };
  const led = await leadToReport(passed.message, about);
  if ('missing' in led) return withoutLink(found, led.missing, office);
  const claim = moved(standing, {
    ...{ state: 'claimed', at, ...words, attempt: attemptId(office.random) },
    handed_over: standing.handed_over + 1,
    recipient: passed.message.to.address,
    reason: passed.without.length === 0 ? null : `without copies: ${passed.without.join('; ')}`,
  });
  await office.beforeClaim?.(found.mail);
  const isOurs = await writeState(store, messageId, { before: found.before, next: claim });
  if (!isOurs) return (await readState(store, messageId))?.message.state ?? 'planned';

  budget.sends -= 1;
  const noted = (outcome: Outcome) => note({ messageId, claim }, outcome, office);
  const back = { state: standing.state, handed_over: standing.handed_over };
  const result = await patiently(mailer, led.message, office).catch(async (error) => {
    // The mailer says that it took nothing; after any other error the claim, and so the doubt, stays.
    if (error instanceof HoldfastError) await noted(back);
    throw error;
  });
  // What was throttled was not taken, so it is as it was before.
  return noted(result.status === 'throttled' ? { ...back, reason: result.reason } : said(result));
};

/** A person who has released it wants it to go: it waits for a run that can sign. */
const withoutLink = async (
  found: Found,
  reason: string,
  office: PostOffice,
): Promise<MailState> => {
  const { state } = standingOf(found);
  return mayFollow(state, 'held') ? holdMessage(found, reason, office) : state;
};

const HEX_DIGITS = 24;

/** Unlike that of any other attempt, or two runs would both believe that a claim is theirs. */
const attemptId = (random: () => number): string =>
  Array.from({ length: HEX_DIGITS }, () => Math.floor(16 * random()).toString(16)).join('');

const SHORTEST_PAUSE_MS = 200;

/** Sends as soon as the mail server lets us, as long as the run has patience for it. */
async function patiently(
  mailer: Mailer,
  message: MailMessage,
  { clock, random, budget }: PostOffice,
): Promise<SendResult> {
  for (;;) {
    const result = await mailer.send(message);
    if (result.status !== 'throttled') return result;
    const pauseMs = Math.max(SHORTEST_PAUSE_MS, result.retryAfterMs) * (1 + 0.2 * random());
    if (pauseMs > budget.patienceMs) {
      budget.sends = 0;
      return result;
    }
    budget.patienceMs -= pauseMs;
    await clock.sleep(Math.round(pauseMs));
  }
}

type Outcome = Pick<MessageState, 'state'> &
  Partial<Pick<MessageState, 'reason' | 'reference' | 'handed_over'>>;

const said = ({
  status: state,
  ...about
}: Exclude<SendResult, { status: 'throttled' }>): Outcome => ({
  state,
  ...about,
});

interface Attempt {
  readonly messageId: string;
  readonly claim: MessageState;
}

/** What we know wins over the doubt of others, but not over what the mail server told them since. */
async function note(
  { messageId, claim }: Attempt,
  outcome: Outcome,
  { store, clock }: PostOffice,
): Promise<MailState> {
  const at = clock.now().toISOString();
  const after = await changeState(store, messageId, (standing) => {
    if (standing === null || standing.attempt !== claim.attempt) return null;
    const isOpen = standing.state === 'claimed' || standing.state === 'uncertain';
    if (!isOpen || !mayFollow(standing.state, outcome.state)) return null;
    return moved(standing, { at, reason: claim.reason, ...outcome });
  });
  return after?.state ?? 'planned';
}
