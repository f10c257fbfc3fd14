import { type Day, dayFromEpoch } from '../basics/day.ts';
import { plural } from '../basics/text.ts';
import type { Config } from '../config/schema.ts';
import { isMultiYear, type RenewalLine } from './renewal-line.ts';
import type { Succession } from './succession.ts';

export type RenewalState = 'open' | 'late' | 'renewed' | 'amended' | 'cancelled' | 'lapsed';

export type RenewalHow =
  | 'ahead'
  | 'auto_renewing'
  | 'early'
  | 'on_time'
  | 'late'
  | 'auto'
  | 'in_place';

/** Where a renewal stands on a day. Days are counted from 1970-01-01. */
export interface Standing {
  /** Last day to give notice when the line renews by itself, else the term end. */
  readonly decision: number;
  readonly state: RenewalState;
  readonly how: RenewalHow | null;
  /** The day the outcome became known; null while it is open. */
  readonly decidedOn: number | null;
  readonly says: string;
}

/** A notice of ten years is a mistake, and is not counted. */
const MOST_NOTICE_DAYS = 3_650;

/** Term end less the days of notice, where the line renews by itself; never before it begins. */
export const decisionDay = ({ start, end, autoRenew, noticeDays }: RenewalLine): number => {
  const counts = autoRenew === true && noticeDays !== null;
  if (!counts || noticeDays < 0 || noticeDays > MOST_NOTICE_DAYS) return end;
  return Math.max(start, end - noticeDays);
};

/** The day milestones count down to. */
export const clockDay = (
  line: RenewalLine,
  { clock }: Pick<Config['renewals'], 'clock'>,
): number => (clock === 'decision' ? decisionDay(line) : line.end);

/** The day its revenue is up: the term end, or the day on which an exit before it takes effect. */
export const dueDay = ({ end, cancelledOn }: RenewalLine, { state }: Standing): number =>
  state === 'cancelled' && cancelledOn !== null ? Math.min(end, cancelledOn) : end;

interface Today {
  readonly asOf: number;
  /** Days after its end that a renewal is late and not lapsed. */
  readonly lateGraceDays: number;
}

/**
 * Every way a term can come to its end has a name. What is known to renew it counts before a notice,
 * a notice before dates, and dates last.
 */
export const standingOf = (
  line: RenewalLine,
  succession: Succession | undefined,
  { asOf, lateGraceDays }: Today,
): Standing => {
  const decision = decisionDay(line);
  if (succession !== undefined) return { decision, ...succeeded(line, succession, decision) };
  if (line.cancelledOn !== null) return { decision, ...cancelled(line, line.cancelledOn) };
  if (asOf < line.end) return { decision, ...open(line, decision, asOf) };
  const daysLate = asOf - line.end;
  const odd = line.autoRenew === true ? ', though it renews by itself' : '';
  if (daysLate < lateGraceDays) {
    const left = plural(lateGraceDays - daysLate, 'day');
    const says = `ended ${on(line.end)}, and nothing has renewed it${odd}; lapses in ${left}`;
    return { decision, state: 'late', how: null, decidedOn: null, says };
  }
  return {
    decision,
    state: 'lapsed',
    how: null,
    decidedOn: line.end + lateGraceDays,
    says: `ended ${on(line.end)}, and nothing has renewed it${odd}`,
  };
};

type Said = Omit<Standing, 'decision'>;

const on = (day: number): Day => dayFromEpoch(day);

function succeeded(line: RenewalLine, { line: next, ...how }: Succession, decision: number): Said {
  const by = `${next.contractId}${how.link === 'inferred' ? ' (inferred)' : ''}`;
  const together = how.coTermed > 1 ? `, together with ${how.coTermed - 1} more` : '';
  const decidedOn = Math.min(next.signedOn ?? next.start, next.start);
  if (next.end <= line.end) {
    const says = `amended from ${on(next.start)} by ${by}, with the same end${together}`;
    return { state: 'amended', how: null, decidedOn, says };
  }
  const said = (kind: RenewalHow, words: string): Said => ({
    state: 'renewed',
    how: kind,
    decidedOn: kind === 'late' ? Math.max(decidedOn, line.end) : decidedOn,
    says: `${words} by ${by}${together}`,
  });
  if (next.start < line.end) {
    return said('early', `renewed early, ${plural(line.end - next.start, 'day')} before its end,`);
  }
  const isSignedLate = next.signedOn !== null && next.signedOn > line.end;
  if (next.start > line.end || isSignedLate) {
    const days = Math.max(next.start, isSignedLate ? (next.signedOn as number) : 0) - line.end;
    return said('late', `renewed ${plural(days, 'day')} late`);
  }
  const nobodySigned = next.signedOn === null || next.signedOn >= decision;
  if (line.autoRenew === true && nobodySigned)
    return said('auto', 'renewed without anybody signing,');
  return said('on_time', `renewed on ${on(next.start)}`);
}

function cancelled({ cancelKnownOn, end }: RenewalLine, cancelledOn: number): Said {
  const notice = cancelKnownOn === null ? '' : `, notice of ${on(cancelKnownOn)}`;
  return {
    state: 'cancelled',
    how: null,
    decidedOn: cancelKnownOn ?? cancelledOn,
    says: `cancelled with effect from ${on(Math.min(cancelledOn, end))}${notice}`,
  };
}

function open(line: RenewalLine, decision: number, asOf: number): Said {
  const term = isMultiYear(line) ? `, after ${plural(yearsOf(line), 'year')}` : '';
  if (asOf > decision) {
    const says = `renews by itself on ${on(line.end)}: the last day for notice was ${on(decision)}`;
    return { state: 'open', how: 'auto_renewing', decidedOn: null, says };
  }
  const days = decision - asOf;
  const left = days === 0 ? 'today is the last day' : `${plural(days, 'day')} left`;
  const says =
    decision < line.end
      ? `notice until ${on(decision)}, ${left}; else it renews by itself on ${on(line.end)}${term}`
      : line.autoRenew === true
        ? `renews by itself on ${on(line.end)}${term}; ${left} to give notice`
        : `ends ${on(line.end)}${term}; ${left} to decide`;
  return { state: 'open', how: 'ahead', decidedOn: null, says };
}

const yearsOf = ({ start, end }: RenewalLine): number => Math.round((end - start) / 365.25);
