import type { Cents } from '../basics/money.ts';
import type { ContractLine } from '../revenue/contract-line.ts';

/** A contract line with what its renewal hangs on. Days are counted from 1970-01-01. */
export interface RenewalLine extends ContractLine {
  readonly accountName: string | null;
  readonly region: string | null;
  readonly ownerEmail: string | null;
  readonly signedOn: number | null;
  readonly autoRenew: boolean | null;
  readonly noticeDays: number | null;
  readonly renewedBy: string | null;
}

/** What a line is worth, in cents of the reporting currency. */
export interface LineValue {
  /** On as_of, as revenue counts it; 0 when it is not live. */
  readonly live: Cents;
  /** What comes up for renewal: on as_of, or on the last day of an ended term. */
  readonly due: Cents;
  /** In its first year, at today's rate. */
  readonly first: Cents;
}

const MULTI_YEAR_DAYS = 548;

/** A term of more than 18 months: within it nothing is up for renewal. */
export const isMultiYear = ({ start, end }: ContractLine): boolean => end - start > MULTI_YEAR_DAYS;
