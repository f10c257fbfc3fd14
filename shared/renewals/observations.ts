import type { Cents } from '../basics/money.ts';
import type { Standing } from './clock.ts';
import { horizonDays } from './horizon.ts';
import type { RenewalLine } from './renewal-line.ts';
import type { Observation } from './renewal-rates.ts';

interface Ended {
  readonly line: Pick<RenewalLine, 'start' | 'end'>;
  readonly standing: Standing;
  readonly segment: string;
  readonly due: Cents;
  readonly kept: Cents;
}

interface Window {
  /** First day after the last term end that counts. */
  readonly asOf: number;
  readonly historyDays: number;
  readonly lateGraceDays: number;
}

/**
 * What a term that is over tells of those to come, as contracts alone tell it and so without health:
 * for each horizon at which the term ran and its outcome was not known yet, what stayed in the end.
 * Terms within the grace for late renewals are not over.
 */
export function* observationsOf(
  { line, standing, segment, due, kept }: Ended,
  { asOf, historyDays, lateGraceDays }: Window,
): Generator<Observation> {
  const { state, decision, decidedOn } = standing;
  const isOver = state === 'renewed' || state === 'cancelled' || state === 'lapsed';
  if (!isOver || decidedOn === null) return;
  if (line.end > asOf - lateGraceDays || line.end <= asOf - historyDays) return;
  for (const [horizon, days] of horizonDays) {
    const on = horizon === 'late' ? line.end + 1 : decision - days;
    // The notice date has passed only of what renews by itself, and only until its end.
    const isThere = on >= line.start && (horizon !== 'past' || on < line.end);
    if (isThere && on < decidedOn) yield { band: 'unscored', segment, horizon, due, kept };
  }
}
