import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { RenewalLine } from './renewal-line.ts';

/** Which renewal it is: the same one, run after run, though its date may move. */
export interface Identity {
  readonly renewalId: string;
  /** Term end it was first seen with, counted from 1970-01-01. */
  readonly firstEnd: number;
  /** The run that saw the date move last, and what it was before. */
  readonly movedOn: number | null;
  readonly movedFrom: number | null;
}

/** What the last run said of the open renewal of a contract line. */
export interface PastIdentity extends Identity {
  readonly end: number;
}

/** An end that moves by so much is another term, written over the one before. */
const ANOTHER_TERM_DAYS = 180;

/** Contract id and the term end it was first seen with. */
export const renewalIdOf = (contractId: string, firstEnd: number): string =>
  `${contractId}@${dayFromEpoch(firstEnd) satisfies Day}`;

/** Renewed under the same contract id: the term was over, or the end has moved by half a year. */
export const isAnotherTerm = (
  { end }: Pick<RenewalLine, 'end'>,
  past: Pick<PastIdentity, 'end'>,
  asOf: number,
): boolean => end > past.end && (past.end <= asOf || end - past.end >= ANOTHER_TERM_DAYS);

/** The identity of a line's renewal, given what the last run knew of the contract line. */
export const identityOf = (
  line: Pick<RenewalLine, 'contractId' | 'end'>,
  past: PastIdentity | undefined,
  asOf: number,
): Identity => {
  if (past === undefined || isAnotherTerm(line, past, asOf)) {
    const renewalId = renewalIdOf(line.contractId, line.end);
    return { renewalId, firstEnd: line.end, movedOn: null, movedFrom: null };
  }
  const { renewalId, firstEnd } = past;
  if (past.end === line.end) {
    return { renewalId, firstEnd, movedOn: past.movedOn, movedFrom: past.movedFrom };
  }
  return { renewalId, firstEnd, movedOn: asOf, movedFrom: past.end };
};
