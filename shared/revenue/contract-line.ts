import { addMonths, type Day, dayFromEpoch, dayToEpoch } from '../basics/day.ts';
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
 * The lines of one customer with the days on which each is live. Early renewals end the line they
 * renew, cancellations count by notice or by effect, short gaps are closed, and what ended of late
 * without a word is pending.
 */
export const liveLines = (
  lines: readonly ContractLine[],
  policy: RevenuePolicy,
  asOf: number,
): LiveLine[] => {
  const live = lines
    .map((line) => ({
      ...line,
      ends: endOf(line, policy),
      isPending: false,
      raises: raisesOf(line),
    }))
    .filter(({ start, ends }) => ends > start)
    .sort((a, b) => a.start - b.start || a.ends - b.ends || (a.contractId < b.contractId ? -1 : 1));
  return heldPending(withoutGaps(live, policy.churn.grace_days), policy, asOf);
};

function endOf(line: ContractLine, { churn }: RevenuePolicy): number {
  const { start, end, cancelledOn, cancelKnownOn, renewalStart } = line;
  const isRenewed = renewalStart !== null && renewalStart > start;
  // A renewal that begins a little later is the same contract going on.
  const gap = isRenewed ? renewalStart - end : 0;
  const renewed = !isRenewed || gap > churn.grace_days ? end : renewalStart;
  if (cancelledOn === null) return renewed;
  const counts = churn.recognition === 'notice' ? (cancelKnownOn ?? cancelledOn) : cancelledOn;
  return Math.min(renewed, counts);
}

/** Lines that end where a short silence of the whole customer begins go on until it is over. */
function withoutGaps(lines: readonly LiveLine[], graceDays: number): readonly LiveLine[] {
  if (graceDays === 0) return lines;
  const bridges = new Map<number, number>();
  let until = Number.NEGATIVE_INFINITY;
  for (const { start, ends } of lines) {
    if (start > until && start - until <= graceDays) bridges.set(until, start);
    until = Math.max(until, ends);
  }
  return lines.map((line) => ({ ...line, ends: bridges.get(line.ends) ?? line.ends }));
}

/** Those who seem gone, but whose last contract only just ended with nothing said. */
function heldPending(
  lines: readonly LiveLine[],
  { renewal }: RevenuePolicy,
  asOf: number,
): LiveLine[] {
  const last = lines.reduce((latest, { ends }) => Math.max(latest, ends), Number.NEGATIVE_INFINITY);
  const isLate = last <= asOf && asOf < last + renewal.late_grace_days;
  return lines.map((line) =>
    isLate && line.ends === last && line.cancelledOn === null
      ? { ...line, ends: asOf + 1, isPending: true }
      : line,
  );
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

function anniversary(from: Day, years: number): number {
  return dayToEpoch(addMonths(from, 12 * years));
}

/** A year's value on a day on which it is live, in units of its currency. */
export const annualOn = ({ annual, growth, raises }: LiveLine, day: number): number => {
  let years = 0;
  while (years < raises.length && (raises[years] as number) <= day) years += 1;
  return years === 0 ? annual : annual * growth ** years;
};

export const isLiveOn = ({ start, ends }: LiveLine, day: number): boolean =>
  start <= day && day < ends;
