import { type Day, daysBetween } from '../basics/day.ts';
import type { Severity } from '../config/risk-fields.ts';
import type { Signal } from './flag.ts';
import { worseOf } from './severity.ts';

export type FlagState = 'new' | 'ongoing' | 'reopened' | 'cleared';

/** Where a flag of an account stands: all that has to be remembered from run to run. */
export interface Episode {
  readonly state: FlagState;
  readonly severity: Severity;
  /** The worst it has been since it was raised. */
  readonly peakSeverity: Severity;
  readonly raisedOn: Day;
  /** When it was raised for the first time within memory. */
  readonly firstRaisedOn: Day;
  /** When it last cleared; null while it never has. Kept when it reopens, for the cooldown. */
  readonly clearedOn: Day | null;
  /** Why it cleared; null while it is open. */
  readonly clearedBecause: string | null;
  /** How often it was raised within memory. */
  readonly episodes: number;
  readonly evidence: string;
  /** Why it could not be asked today; null when it could. */
  readonly unconfirmed: string | null;
}

export const isOpen = ({ state }: Pick<Episode, 'state'>): boolean => state !== 'cleared';

interface Memory {
  readonly asOf: Day;
  /** Days that a cleared flag is remembered. */
  readonly rememberDays: number;
}

/**
 * Where a flag stands today, given where it stood at the last run and what it says now; null when
 * there is nothing to list. Only an answer clears a flag: one that cannot be asked stays as it was.
 * It looks at days and not at runs, so that a run left out or done again changes nothing.
 */
export const nextEpisode = (
  last: Episode | undefined,
  signal: Signal,
  { asOf, rememberDays }: Memory,
): Episode | null => {
  const past = last !== undefined && isRemembered(last, asOf, rememberDays) ? last : null;
  if (signal.status === 'raised') {
    return past !== null && isOpen(past) ? carriedOn(past, signal) : begun(past, signal, asOf);
  }
  if (past === null) return null;
  if (!isOpen(past)) return past;
  if (signal.status === 'unknown') return unconfirmed(past, signal.reason);
  return cleared(past, signal.because, asOf);
};

/** The end of a flag that was open, with the evidence of the last day on which there was any. */
export const cleared = (past: Episode, because: string, asOf: Day): Episode => ({
  ...past,
  state: 'cleared',
  clearedOn: asOf,
  clearedBecause: because,
  evidence: lastEvidence(past),
  unconfirmed: null,
});

/** Days it has been open, or was open before it cleared. */
export const daysOpen = (episode: Episode, asOf: Day): number =>
  daysBetween(episode.raisedOn, isOpen(episode) ? asOf : (episode.clearedOn ?? asOf));

type Raised = Extract<Signal, { status: 'raised' }>;

const isRemembered = ({ state, clearedOn }: Episode, asOf: Day, rememberDays: number): boolean =>
  state !== 'cleared' || (clearedOn !== null && daysBetween(clearedOn, asOf) <= rememberDays);

const begun = (past: Episode | null, { severity, evidence }: Raised, asOf: Day): Episode => ({
  state: past === null ? 'new' : 'reopened',
  severity,
  peakSeverity: severity,
  raisedOn: asOf,
  firstRaisedOn: past?.firstRaisedOn ?? asOf,
  clearedOn: past?.clearedOn ?? null,
  clearedBecause: null,
  episodes: (past?.episodes ?? 0) + 1,
  evidence,
  unconfirmed: null,
});

const carriedOn = (past: Episode, { severity, evidence }: Raised): Episode => ({
  ...past,
  state: 'ongoing',
  severity,
  peakSeverity: worseOf(past.peakSeverity, severity),
  evidence,
  unconfirmed: null,
});

const unconfirmed = (past: Episode, reason: string): Episode => ({
  ...past,
  state: 'ongoing',
  evidence: `${notConfirmed(reason)}${lastEvidence(past)}`,
  unconfirmed: reason,
});

const notConfirmed = (reason: string): string => `not confirmed: ${reason}; last: `;

function lastEvidence({ evidence, unconfirmed: reason }: Episode): string {
  return reason === null ? evidence : evidence.slice(notConfirmed(reason).length);
}
