import { addMonths, type Day, dayFromEpoch, dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Config } from '../config/schema.ts';

/** What the business chose of how revenue is counted; docs/revenue.md has each switch. */
export type RevenuePolicy = Pick<
  Config,
  'revenue' | 'carr' | 'churn' | 'renewal' | 'reactivation' | 'expansion' | 'retention'
> & { readonly basis: Config['currency']['basis'] };

/** A contract line as the warehouse has it. Days are counted from 1970-01-01, ends exclusive. */
export interface ContractLine {
  readonly contractId: string;
  readonly accountId: string;
  readonly product: string | null;
  readonly currency: string;
  readonly start: number;
  readonly end: number;
  /** A year's value in units of its currency, in its first year. */
  readonly annual: number;
  /** What contractual uplift multiplies it by each year: 1.05 for 5 %, 1 for none. */
  readonly growth: number;
  /** Day from which it is cancelled, and day on which that became known; null when it is not. */
  readonly cancelledOn: number | null;
  readonly cancelKnownOn: number | null;
  /** First day of the line that renews it. */
  readonly renewalStart: number | null;
}

/** A line with the days on which it brings revenue, as the policy counts them. */
export interface LiveLine extends ContractLine {
  /** First day on which it brings none. */
  readonly ends: number;
  /** It ended with no renewal, and is held as live until the grace for late renewals is over. */
  readonly isPending: boolean;
  /** Days on which the uplift raises it, first to last. */
  readonly raises: readonly number[];
}

/**
 * The lines of one customer that bring revenue, with the days on which each does. Early renewals end
 * the line they renew, cancellations count by notice or by effect, short gaps are closed, and what
 * ended of late without a word is pending. Free lines bring nothing and are left out.
 */
export const liveLines = (
  lines: readonly ContractLine[],
  policy: RevenuePolicy,
  asOf: number,
): LiveLine[] => {
  const live: LiveLine[] = [];
  for (const line of lines) {
    const ends = endOf(line, policy);
    if (ends > line.start && line.annual > 0) live.push(liveLine(line, ends));
  }
  live.sort(
    (a, b) => a.start - b.start || a.ends - b.ends || (a.contractId < b.contractId ? -1 : 1),
  );
  const closed = policy.churn.grace_days === 0 ? live : withoutGaps(live, policy.churn.grace_days);
  if (closed.some(({ ends }) => ends > asOf)) return closed;
  const since = asOf - policy.renewal.late_grace_days;
  return closed.some((line) => isSilent(line, since, asOf))
    ? closed.map((line) => (isSilent(line, since, asOf) ? pendingOn(asOf, line) : line))
    : closed;
};

/** Written out: to spread a line takes thirty times as long, and there are millions. */
function liveLine(line: ContractLine, ends: number): LiveLine {
  return {
    contractId: line.contractId,
    accountId: line.accountId,
    product: line.product,
    currency: line.currency,
    start: line.start,
    end: line.end,
    annual: line.annual,
    growth: line.growth,
    cancelledOn: line.cancelledOn,
    cancelKnownOn: line.cancelKnownOn,
    renewalStart: line.renewalStart,
    ends,
    isPending: false,
    raises: raisesOf(line),
  };
}

function endOf(line: ContractLine, { churn }: RevenuePolicy): number {
  const { end, cancelledOn, cancelKnownOn, renewalStart } = line;
  // A renewal that begins a little later is the same contract going on.
  const goesOn = isRenewed(line) && (renewalStart as number) - end <= churn.grace_days;
  const renewed = goesOn ? (renewalStart as number) : end;
  if (cancelledOn === null) return renewed;
  const counts = churn.recognition === 'notice' ? (cancelKnownOn ?? cancelledOn) : cancelledOn;
  return Math.min(renewed, counts);
}

/** A renewal begins after what it renews; else it is none. */
export const isRenewed = ({ start, renewalStart }: ContractLine): boolean =>
  renewalStart !== null && renewalStart > start;

/** Lines that end where a short silence of the whole customer begins go on until it is over. */
function withoutGaps(lines: LiveLine[], graceDays: number): LiveLine[] {
  const bridges = new Map<number, number>();
  let until = Number.NEGATIVE_INFINITY;
  for (const { start, ends } of lines) {
    if (start > until && start - until <= graceDays) bridges.set(until, start);
    until = Math.max(until, ends);
  }
  return lines.map((line) => {
    const goesOnTo = bridges.get(line.ends);
    return goesOnTo === undefined ? line : { ...line, ends: goesOnTo };
  });
}

/** It ended of late, and that is the last that was heard: no notice, and nothing that renews it. */
function isSilent(line: LiveLine, since: number, asOf: number): boolean {
  return since < line.ends && line.ends <= asOf && line.cancelledOn === null && !isRenewed(line);
}

function pendingOn(asOf: number, line: LiveLine): LiveLine {
  return { ...line, ends: asOf + 1, isPending: true };
}

function raisesOf({ start, end, growth }: ContractLine): readonly number[] {
  if (growth === 1 || end - start <= 365) return NEVER;
  const from = dayFromEpoch(start);
  const raises: number[] = [];
  for (let years = 1; ; years += 1) {
    const raise = anniversary(from, years);
    if (raise >= end) return raises;
    raises.push(raise);
  }
}

const NEVER: readonly number[] = [];

/** Of 29 February the 1 March of years without one, as the engine counts them. */
function anniversary(from: Day, years: number): number {
  const day = addMonths(from, 12 * years);
  return dayToEpoch(day) + (day.slice(5) === from.slice(5) ? 0 : 1);
}

/** A year's value on a day on which it is live, in units of its currency. */
export const annualOn = ({ annual, growth, raises }: LiveLine, day: number): number => {
  let years = 0;
  while (years < raises.length && (raises[years] as number) <= day) years += 1;
  return years === 0 ? annual : annual * growth ** years;
};

/** The same in cents, at a rate to the reporting currency; rounded once, here. */
export const centsOn = (line: LiveLine, day: number, rate: number): Cents =>
  Math.round(annualOn(line, day) * rate * 100);

export const isLiveOn = ({ start, ends }: LiveLine, day: number): boolean =>
  start <= day && day < ends;
