import { distribute, roundTo } from '../basics/ratio.ts';
import type { MeasureId } from '../config/default-model.ts';
import { measureIds } from '../config/model.ts';
import type { Band } from './band.ts';
import { pointsOnCurve } from './curve.ts';
import type { WeighedMeasure } from './resolved-model.ts';
import type { Health } from './score.ts';

/** What was published of an account on an earlier day. */
export interface PastHealth {
  readonly score: number | null;
  readonly band: Band;
  readonly scoredBand: Band;
  lineOf(measure: MeasureId): PastLine | undefined;
}

export interface PastLine {
  readonly rawValue: number | null;
  readonly points: number | null;
  readonly weight: number;
}

/**
 * Why a score moved, in points with one decimal; the four parts sum to the change exactly.
 * input: the account itself changed, gates included. weight: the same answers count differently,
 * because the account came into another model or the config gave other weights. configuration: the
 * same values are worth other points. coverage: answers came or went.
 */
export interface Movement {
  readonly change: number;
  readonly input: number;
  readonly weight: number;
  readonly configuration: number;
  readonly coverage: number;
}

/**
 * Goes from the old score to the new one step by step: first the old values on today's curves, then
 * under today's weights, then with today's answers known; what is left is the account itself. The
 * order of the steps is a convention, and this is it. Null where one of the days has no score.
 */
export const movementOf = (
  past: PastHealth,
  health: Health,
  model: readonly WeighedMeasure[],
): Movement | null => {
  if (past.score === null || health.score === null) return null;
  const means = { old: mean(), recurved: mean(), reweighed: mean(), covered: mean() };
  // Lines and model have the same measures, in the order of all measures; others are passed over.
  let place = 0;
  for (const id of measureIds) {
    const isAsked = health.lines[place]?.measure === id;
    const now = isAsked ? health.lines[place] : undefined;
    const curve = isAsked ? model[place]?.curve : undefined;
    if (isAsked) place += 1;
    const before = past.lineOf(id);
    const recurved =
      before?.rawValue != null && curve !== undefined
        ? pointsOnCurve(curve, before.rawValue)
        : (before?.points ?? null);
    if (before !== undefined) {
      add(means.old, before.weight, before.points);
      add(means.recurved, before.weight, recurved);
    }
    if (now === undefined) continue;
    add(means.reweighed, now.weight, recurved);
    if (now.points !== null) add(means.covered, now.weight, recurved ?? now.points);
  }
  const old = meanOf(means.old) ?? 0;
  const recurved = meanOf(means.recurved) ?? old;
  const reweighed = meanOf(means.reweighed) ?? recurved;
  const covered = meanOf(means.covered) ?? reweighed;
  return inTenths(health.score - past.score, {
    configuration: recurved - old,
    weight: reweighed - recurved,
    coverage: covered - reweighed,
  });
};

interface Mean {
  weight: number;
  weighted: number;
}

const mean = (): Mean => ({ weight: 0, weighted: 0 });

function add(to: Mean, weight: number, points: number | null): void {
  if (points === null) return;
  to.weight += weight;
  to.weighted += weight * points;
}

const meanOf = ({ weight, weighted }: Mean): number | null =>
  weight === 0 ? null : weighted / weight;

/** Shares the change out in tenths; what the three steps do not explain is the account's own. */
function inTenths(
  change: number,
  { configuration, weight, coverage }: Omit<Movement, 'change' | 'input'>,
): Movement {
  const total = Math.round(change * 10);
  const exact = [configuration, weight, coverage].map((part) => roundTo(part * 10, 6));
  const input = total - exact.reduce((sum, part) => sum + part, 0);
  const parts = distribute(total, [input, ...exact]).map((part) => part / 10);
  const [inputPart = 0, configurationPart = 0, weightPart = 0, coveragePart = 0] = parts;
  return {
    change: total / 10,
    input: inputPart,
    weight: weightPart,
    configuration: configurationPart,
    coverage: coveragePart,
  };
}
