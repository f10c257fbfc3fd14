import { type Day, daysBetween } from '../basics/day.ts';
import { plural } from '../basics/text.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { SourceState } from '../sources/finding.ts';
import type { SourceId } from '../sources/index.ts';

type Dated = Pick<AccountRow, 'customerSince' | 'asOf'>;

/** Days since the first contract; 0 before there is one. What is too new to judge is judged by it. */
export const tenureOf = ({ customerSince, asOf }: Dated) =>
  customerSince === null ? 0 : daysBetween(customerSince, asOf);

/** The day on which the history of a source begins; null where it is not measured. */
export type Since = (source: SourceId) => Day | null;

/** Turns the states of the sources into that answer, once per run. */
export const sinceFrom = (states: readonly SourceState[]): Since => {
  const firstDays = new Map(states.map(({ id, firstDay }) => [id, firstDay]));
  return (source) => firstDays.get(source) ?? null;
};

/**
 * Days that can be looked back on: as a customer, and in a feed that begins on a day. What was
 * before either is not silence.
 */
export const historyOf = (account: Dated, firstDay: Day | null): number => {
  const tenureDays = tenureOf(account);
  return firstDay === null ? tenureDays : Math.min(tenureDays, daysBetween(firstDay, account.asOf));
};

/** Why a trend cannot be told from that many days: the customer is too new, or else the feed is. */
export const tooShort = (account: Dated, source: SourceId, days: number, needed: number): string =>
  days < tenureOf(account)
    ? `${source} goes back ${plural(days, 'day')}; the trend needs ${needed}`
    : `customer for ${days} days; the trend needs ${needed}`;
