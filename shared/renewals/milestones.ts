import { dayFromEpoch } from '../basics/day.ts';
import { plural } from '../basics/text.ts';
import type { Config } from '../config/schema.ts';
import type { RenewalState } from './clock.ts';

export type MilestoneState = 'ahead' | 'reached' | 'done' | 'passed' | 'withdrawn';

/** One step of the countdown of a renewal. Days are counted from 1970-01-01. */
export interface Milestone {
  /** Days before the clock runs out. */
  readonly days: number;
  readonly on: number;
  readonly state: MilestoneState;
  /** The run by which it was reached, for it fires once. */
  readonly reachedOn: number | null;
  readonly says: string;
}

/** What the last run left of a milestone. */
export interface PastMilestone {
  readonly days: number;
  readonly state: MilestoneState;
  readonly reachedOn: number | null;
  readonly says: string;
}

export interface Countdown {
  readonly asOf: number;
  /** The day the clock runs to. */
  readonly clock: number;
  readonly start: number;
  readonly end: number;
  readonly state: RenewalState;
  readonly past: readonly PastMilestone[];
  /** Day of the last run; null on the first of all. */
  readonly lastRun: number | null;
  /** No earlier run has seen the renewal with this date. */
  readonly isNew: boolean;
}

/** So many days before the first milestone a renewal is listed. */
const LEAD_DAYS = 14;

type Policy = Config['renewals']['milestones'];

export const milestoneDaysOf = (
  { days, by_segment }: Policy,
  segment: string,
): readonly number[] =>
  Object.hasOwn(by_segment, segment) ? (by_segment[segment] as readonly number[]) : days;

/** Days before the clock runs out from which on any renewal is listed. */
export const farthestMilestone = ({ days, by_segment }: Policy): number =>
  LEAD_DAYS + Math.max(...[days, ...Object.values(by_segment)].map(([first = 0]) => first));

/**
 * The countdown of a renewal, the farthest milestone first; empty where it has none or is far off. A
 * milestone fires once, whatever its date does afterwards. Of several that have come due since the
 * last run only the nearest fires, so that a run after some days without one catches up quietly, and
 * so does a first run, or one with other milestone days.
 */
export const countdown = (
  { past, ...now }: Countdown,
  policy: Policy,
  segment: string,
): Milestone[] => {
  const steps = milestoneDaysOf(policy, segment);
  const fired = new Map(past.map((one) => [one.days, one]));
  const settledDays = past.filter(({ state }) => isSettled(state)).map(({ days }) => days);
  const listed = [...new Set([...steps, ...settledDays])].sort((a, b) => b - a);
  const isShort = now.end - now.start < policy.shortest_term_days;
  const isFar = now.asOf < now.clock - (steps[0] ?? 0) - LEAD_DAYS;
  if (past.length === 0 && (isShort || isFar || !isOpen(now.state))) return [];

  const due = listed.filter((days) => {
    const state = fired.get(days)?.state;
    return !(state && isSettled(state)) && now.clock - days <= now.asOf;
  });
  const nearest = due.filter((days) => mayFire(days, now, policy)).at(-1);
  return listed.map((days) => milestone(days, nearest, fired.get(days), now));
};

/** Of these nothing fires any more, whatever the date does. */
export const isSettled = (state: MilestoneState): boolean =>
  state === 'reached' || state === 'done' || state === 'passed';

const isOpen = (state: RenewalState): boolean => state === 'open' || state === 'late';

type Now = Omit<Countdown, 'past'>;

/** Not before the term began, not once all is decided, not after the end, and nothing of long ago. */
function mayFire(days: number, now: Now, { catch_up_days }: Policy): boolean {
  const on = now.clock - days;
  if (!isOpen(now.state) || now.asOf >= now.end || on < now.start) return false;
  if (now.asOf - on <= catch_up_days) return true;
  // With a last run, what has come due since, and of a renewal or a date that nobody has seen the nearest;
  // what was due before is of other milestone days than today's, or of a time before Holdfast.
  return now.lastRun !== null && (now.isNew || on > now.lastRun);
}

function milestone(
  days: number,
  nearest: number | undefined,
  past: PastMilestone | undefined,
  now: Now,
): Milestone {
  const on = now.clock - days;
  if (past?.state === 'reached' || past?.state === 'done') {
    const reachedOn = past.reachedOn;
    const says = reachedOn === null ? past.says : `reached ${dayFromEpoch(reachedOn)}`;
    return { days, on, state: 'done', reachedOn, says };
  }
  if (past?.state === 'passed')
    return { days, on, state: 'passed', reachedOn: null, says: past.says };
  if (!isOpen(now.state)) {
    const says = `${now.state} before it was due`;
    return { days, on, state: 'withdrawn', reachedOn: null, says };
  }
  if (days === nearest) {
    const late = now.asOf - on;
    const says = late === 0 ? 'due today' : `due ${plural(late, 'day')} ago, reached by this run`;
    return { days, on, state: 'reached', reachedOn: now.asOf, says };
  }
  if (on > now.asOf) {
    const says = `in ${plural(on - now.asOf, 'day')}`;
    return { days, on, state: 'ahead', reachedOn: null, says };
  }
  return { days, on, state: 'passed', reachedOn: null, says: whyPassed(days, nearest, now) };
}

function whyPassed(days: number, nearest: number | undefined, now: Now): string {
  const on = now.clock - days;
  if (on < now.start) return 'it would have been before the term began';
  if (now.asOf >= now.end) return 'the term ended before a run saw it';
  if (nearest !== undefined && nearest < days)
    return `overtaken by the milestone at ${nearest} days`;
  return `was due ${dayFromEpoch(on)}, before it was tracked here`;
}
