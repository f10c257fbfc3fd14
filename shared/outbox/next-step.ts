import type { MailRules } from './mail-rules.ts';
import type { MailKind } from './planned-message.ts';
import type { MessageState } from './state.ts';

/** What a run does about a message, and why. */
export type NextStep =
  | { readonly step: 'leave' | 'wait' | 'claim' }
  | { readonly step: 'hold' | 'doubt'; readonly reason: string };

interface Situation {
  readonly now: Date;
  readonly rules: Pick<MailRules, 'mode' | 'on_uncertain'>;
  /** Whether there is a mailer. */
  readonly canSend: boolean;
  /** The words of the run that asks. */
  readonly file: string;
  /** One of mailKinds. */
  readonly kind: string;
  /** Days since the day that the message tells of. */
  readonly daysOld: number;
}

/** A run that was killed does not come back; one that is slow is done by then. */
const CLAIM_MINUTES = 15;

/** Older news than this is not mailed by itself: a day that is filled in months later is not news. */
const MOST_DAYS_LATE = 7;

/** By then the mail of the next week is there, which is first. */
const MOST_DAYS_LATE_WEEKLY = 6;

const WEEKLY: readonly string[] = ['weekly_summary', 'csm_weekly'] satisfies MailKind[];

/** So often a message is sent again by itself although it may have arrived. */
const MOST_RESENDS = 2;

/** In review mode nothing leaves; what may have left is never sent again unasked. */
export const nextStep = (message: MessageState | null, situation: Situation): NextStep => {
  const { rules, canSend, file, kind, daysOld } = situation;
  const mostDays = WEEKLY.includes(kind) ? MOST_DAYS_LATE_WEEKLY : MOST_DAYS_LATE;
  const sends = rules.mode === 'send' && canSend;
  switch (message?.state ?? 'planned') {
    case 'planned':
      if (rules.mode === 'review') return { step: 'hold', reason: REVIEW };
      if (daysOld > mostDays) return { step: 'hold', reason: `it is ${daysOld} days old` };
      return { step: sends ? 'claim' : 'wait' };
    case 'held':
      // The day was computed anew: what waits to be read is what is known now.
      if (rules.mode === 'review' && message?.file !== file)
        return { step: 'hold', reason: REVIEW };
      return { step: 'leave' };
    case 'released':
      return { step: sends ? 'claim' : 'wait' };
    case 'claimed':
      return isAbandoned(message, situation)
        ? { step: 'doubt', reason: 'the run that sent it ended before it could say how' }
        : { step: 'wait' };
    case 'uncertain':
      return { step: sends && isWantedAgain(message, situation) ? 'claim' : 'leave' };
    default:
      return { step: 'leave' };
  }
};

const REVIEW = 'mail.mode is review';

function isAbandoned(message: MessageState | null, { now }: Situation): boolean {
  const since = now.getTime() - Date.parse(message?.at ?? '');
  return since > CLAIM_MINUTES * 60_000;
}

function isWantedAgain(message: MessageState | null, { rules }: Situation): boolean {
  return rules.on_uncertain === 'resend' && (message?.handed_over ?? 0) <= MOST_RESENDS;
}
