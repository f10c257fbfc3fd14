import type { Clock } from '../ports/clock.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ReportLinks } from '../ports/report-links.ts';
import type { Mail } from './found-message.ts';
import type { MailRules } from './mail-rules.ts';

/** What sends mail, or shows what would be sent. */
export interface MailPorts {
  /** Asked in mode send alone. Null where nothing can leave: mail waits for a run that has one. */
  readonly mailer: Mailer | null;
  /** Puts a mail that is held beside the results, as a mail program opens it; null: its text does. */
  readonly draft: Mailer | null;
  /** Left out where no link to the report can be signed: a mail that has one is held, or waits. */
  readonly reportLinks?: ReportLinks | undefined;
  /** A number in [0, 1): tells attempts apart, and spreads waiting. */
  readonly random: () => number;
}

/** All that delivery works with. */
export interface PostOffice extends MailPorts {
  readonly store: ObjectStore;
  readonly rules: MailRules;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly budget: Budget;
  /** Called before a message is claimed, so that its claim is found again whatever becomes of the run. */
  readonly beforeClaim?: (mail: Mail) => Promise<void>;
}

/** What one run may still spend on mail; it counts down. */
export interface Budget {
  sends: number;
  /** Milliseconds of waiting for a mail server that says "not so fast". */
  patienceMs: number;
  /** Nothing is begun after this instant. */
  readonly untilMs: number;
}

const PATIENCE_MS = 120_000;

/** A run has other things to do, and a function has no more than fifteen minutes. */
const MOST_MS = 300_000;

/** What a run that begins now may spend. */
export const budgetFor = ({ most_per_run }: MailRules, clock: Clock): Budget => ({
  sends: most_per_run,
  patienceMs: PATIENCE_MS,
  untilMs: clock.now().getTime() + MOST_MS,
});
