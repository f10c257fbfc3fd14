import { type Day, dayFromEpoch } from '../basics/day.ts';
import type { RenewalLine } from './renewal-line.ts';

/** Which renewal it is: the same one, run after run, though its date may move. */
export interface Identity {
  readonly renewalId: string;
  /** First day of its term: of a line that was written over, the end of the term before. */
  readonly start: number;
  /** Term end it was first seen with, counted from 1970-01-01. */
  readonly firstEnd: number;
  /** The run that saw the date move last, and what it was before. */
  readonly movedOn: number | null;
  readonly movedFrom: number | null;
}

/** What the last run said of a renewal of a contract line. */
export interface PastIdentity extends Identity {
  readonly end: number;
}

/** What the last run knew of a contract line: its renewal, and the one that this was written over. */
export interface PastRenewals {
  readonly current: PastIdentity | null;
  readonly writtenOver: PastIdentity | null;
}

/** What is made of it today. */
export interface Recognised extends Identity {
  /** The current one has ended in place: the line stands for the next term now. */
  readonly isAnotherTerm: boolean;
  /** What was taken for the next term was a slip, and the line stands for the one before again. */
  readonly isTakenBack: boolean;
}

/** An end that moves by half of the term, or by half a year, is another term written over this one. */
const ANOTHER_TERM_DAYS = 180;

/** Contract id and the term end it was first seen with. */
export const renewalIdOf = (contractId: string, firstEnd: number): string =>
  `${contractId}@${dayFromEpoch(firstEnd) satisfies Day}`;

type Line = Pick<RenewalLine, 'contractId' | 'start' | 'end'>;

/** The identity of a line's renewal, given what the last run knew of the contract line. */
export const identityOf = (
  line: Line,
  past: PastRenewals | undefined,
  asOf: number,
): Recognised => {
  const { current = null, writtenOver = null } = past ?? {};
  if (writtenOver !== null && !isBeyond(line, writtenOver)) {
    return { ...moved(line, writtenOver, asOf), isAnotherTerm: false, isTakenBack: true };
  }
  if (current === null) return { ...begun(line, line.start), ...AS_BEFORE };
  if (isBeyond(line, current)) {
    return { ...begun(line, current.end), isAnotherTerm: true, isTakenBack: false };
  }
  return { ...moved(line, current, asOf), ...AS_BEFORE };
};

const AS_BEFORE = { isAnotherTerm: false, isTakenBack: false };

const isBeyond = ({ end }: Line, past: PastIdentity): boolean =>
  end - past.end >= Math.min(ANOTHER_TERM_DAYS, (past.end - past.start) / 2);

const begun = ({ contractId, end }: Line, start: number): Identity => ({
  renewalId: renewalIdOf(contractId, end),
  ...{ start, firstEnd: end, movedOn: null, movedFrom: null },
});

function moved({ end, start: begins }: Line, past: PastIdentity, asOf: number): Identity {
  const { renewalId, firstEnd, movedOn, movedFrom } = past;
  const start = Math.max(begins, past.start);
  if (past.end === end) return { renewalId, start, firstEnd, movedOn, movedFrom };
  return { renewalId, start, firstEnd, movedOn: asOf, movedFrom: past.end };
}
