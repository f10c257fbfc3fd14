import { dayInZone, daysBetween } from '../basics/day.ts';
import { type Found, type Mail, settleAs, standingOf } from './found-message.ts';
import { holdMessage } from './hold-message.ts';
import { nextStep } from './next-step.ts';
import { postMessage } from './post-message.ts';
import type { PostOffice } from './post-office.ts';
import { type MailState, moved } from './state.ts';
import { readState } from './state-file.ts';

/** Takes one message as far as it may go now, and gives the state it is left in. */
export const deliverMessage = async (mail: Mail, office: PostOffice): Promise<MailState> => {
  const { store, clock, rules, mailer, timeZone, budget } = office;
  const before = await readState(store, mail.messageId);
  const now = clock.now();
  const found = { mail, before };
  const { state } = standingOf(found);
  if (now.getTime() > budget.untilMs) return state;
  const next = nextStep(before?.message ?? null, {
    ...{ now, rules, file: mail.file, kind: mail.kind },
    canSend: mailer !== null,
    daysOld: daysBetween(mail.asOf, dayInZone(now, timeZone)),
  });
  if (next.step === 'hold') return holdMessage(found, next.reason, office);
  if (next.step === 'doubt') return doubt(found, next.reason, office);
  if (next.step === 'claim' && budget.sends > 0) return postMessage(found, office);
  return state;
};

async function doubt(found: Found, reason: string, office: PostOffice): Promise<MailState> {
  const at = office.clock.now().toISOString();
  const change = { state: 'uncertain', at, reason } as const;
  return settleAs(found, moved(standingOf(found), change), office.store);
}
