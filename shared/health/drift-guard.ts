import type { MeasureId } from '../config/default-model.ts';
import type { DriftGuard } from '../config/drift.ts';
import { measureIds } from '../config/model.ts';
import type { Band } from './band.ts';
import type { Health } from './score.ts';
import { addRow, increase } from './sums.ts';

/** Accounts by points of a measure: unknown first, then ten bins, the last up to 100 itself. */
export type Distribution = readonly number[];
export const BINS = 11;
export type Distributions = ReadonlyMap<MeasureId, Distribution>;

const placeOf = new Map(measureIds.map((id, index) => [id, index * BINS]));

const binOf = (points: number | null): number =>
  points === null ? 0 : 1 + Math.min(9, Math.floor(points / 10));

const COMPARED = measureIds.length * BINS;
const CHANGED = COMPARED + 1;

/** Counts what the guard judges by, as accounts stream past. */
export const driftTally = () => {
  // The bins of one measure after another, then the accounts compared and those that changed.
  const counted = new Float64Array(CHANGED + 1);
  return {
    counted,
    add(health: Health, bandAtLastRun: Band | null): void {
      for (const line of health.lines) {
        increase(counted, (placeOf.get(line.measure) as number) + binOf(line.points), 1);
      }
      const both = bandAtLastRun !== null && bandAtLastRun !== 'unscored';
      if (!both || health.scoredBand === 'unscored') return;
      increase(counted, COMPARED, 1);
      if (health.scoredBand !== bandAtLastRun) increase(counted, CHANGED, 1);
    },
    absorb: (others: Float64Array): void => addRow(counted, others),
    bands: (): BandChanges => ({
      compared: counted[COMPARED] as number,
      changed: counted[CHANGED] as number,
    }),
    distributions: (): Distributions =>
      new Map(
        measureIds.map((id) => {
          const from = placeOf.get(id) as number;
          return [id, [...counted.subarray(from, from + BINS)]];
        }),
      ),
  };
};

export interface BandChanges {
  /** Accounts with a score both today and at the last run. */
  readonly compared: number;
  readonly changed: number;
}

interface Drift {
  readonly bands: BandChanges;
  readonly now: Distributions;
  /** Null when there is no earlier run to compare with. */
  readonly before: Distributions | null;
}

/**
 * Why alerts are to be held, or null. Half the customer base does not change its mind overnight: a
 * feed or a config does.
 */
export const driftReason = ({ bands, now, before }: Drift, guard: DriftGuard): string | null => {
  const { compared, changed } = bands;
  if (before === null || compared < guard.fewest_accounts) return null;
  const reasons: string[] = [];
  const limit = guard.band_change_share;
  if (limit !== null && changed / compared > limit) {
    reasons.push(
      `${changed} of ${compared} accounts changed band since the last run (${percent(changed / compared)}, limit ${percent(limit)})`,
    );
  }
  for (const id of guard.psi === null ? [] : measureIds) {
    const [then, today] = [before.get(id) ?? [], now.get(id) ?? []];
    if (!isAsked(then) || !isAsked(today)) continue;
    const psi = stabilityIndex(then, today);
    if (psi > (guard.psi as number)) {
      reasons.push(`${id} is distributed differently (PSI ${psi.toFixed(2)}, limit ${guard.psi})`);
    }
  }
  if (reasons.length === 0) return null;
  const more = reasons.length > 3 ? ` and ${reasons.length - 3} more` : '';
  return `${reasons.slice(0, 3).join('; ')}${more}`;
};

/** An empty bin would make the index infinite; half an account stands in for none. */
const SMALLEST_COUNT = 0.5;

/** A measure that nobody can be asked on one of the days is told as a source, not as a shift. */
const isAsked = (counts: Distribution): boolean =>
  counts.some((count, bin) => bin > 0 && count > 0);

/**
 * Population stability index: Σ (now − before) × ln(now ÷ before) over the bins' shares; 0 when
 * alike, above 0.25 by convention a shift. Source: Siddiqi, Credit Risk Scorecards, 2006.
 */
export const stabilityIndex = (before: Distribution, now: Distribution): number => {
  const whole = (counts: Distribution) => counts.reduce((sum, one) => sum + one, 0);
  const [wholeBefore, wholeNow] = [whole(before), whole(now)];
  if (wholeBefore === 0 || wholeNow === 0) return 0;
  return now.reduce((sum, countNow, bin) => {
    const countBefore = before[bin] ?? 0;
    if (countBefore === 0 && countNow === 0) return sum;
    const shareNow = Math.max(countNow, SMALLEST_COUNT) / wholeNow;
    const shareBefore = Math.max(countBefore, SMALLEST_COUNT) / wholeBefore;
    return sum + (shareNow - shareBefore) * Math.log(shareNow / shareBefore);
  }, 0);
};

const percent = (ratio: number): string => `${Math.round(ratio * 1000) / 10} %`;
