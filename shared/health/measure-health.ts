import { roundTo, shareOf } from '../basics/ratio.ts';
import type { DimensionId, MeasureId } from '../config/default-model.ts';
import { dimensionOfMeasure, measureIds } from '../config/model.ts';

import type { ReceiptLine } from './receipt.ts';
import type { Health } from './score.ts';
import { type CountedAccount, type Cut, cutValueOf } from './segment-health.ts';

/** How one measure stands over one part of the customer base. */
export interface MeasureHealth {
  readonly cut: Cut;
  readonly cutValue: string;
  readonly dimension: DimensionId;
  readonly measure: MeasureId;
  /** Scored accounts it is known of, and of which it is asked and unknown. */
  readonly known: number;
  readonly unknown: number;
  /** Mean points, 0 to 100, over those known; null when it is known of nobody. */
  readonly meanPoints: number | null;
  /** Points of score it costs the mean scored account of the cut. */
  readonly meanLost: number | null;
  /** Accounts, and their ARR, whose top driver it is. */
  readonly topDriverAccounts: number;
  readonly topDriverArrCents: number;
}

/** Cuts with few values: 31 measures for each owner would be a table nobody reads. */
export const measureCuts = ['all', 'segment', 'motion', 'lifecycle'] as const satisfies Cut[];

interface Sums {
  scored: number;
  readonly known: Float64Array;
  readonly unknown: Float64Array;
  readonly points: Float64Array;
  readonly lost: Float64Array;
  readonly driver: Float64Array;
  readonly driverArr: Float64Array;
}

const placeOf = new Map(measureIds.map((id, index) => [id, index]));
const zeros = (): Float64Array => new Float64Array(measureIds.length);

/** Sums scored accounts up by measure as they stream past; memory grows with cuts. */
export const measureHealthTally = () => {
  const parts = new Map<Cut, Map<string, Sums>>(measureCuts.map((cut) => [cut, new Map()]));

  return {
    add(account: CountedAccount, health: Health): void {
      if (health.score === null) return;
      for (const cut of measureCuts) {
        const byValue = parts.get(cut) as Map<string, Sums>;
        const value = cutValueOf(cut, account);
        const sums = byValue.get(value) ?? emptySums();
        byValue.set(value, sums);
        sums.scored += 1;
        addLines(sums, health.lines);
        if (health.topDriver === null) continue;
        const driver = placeOf.get(health.topDriver.measure) as number;
        increase(sums.driver, driver, 1);
        increase(sums.driverArr, driver, account.arrCents);
      }
    },
    parts: (): MeasureHealth[] =>
      measureCuts.flatMap((cut) =>
        [...(parts.get(cut) as Map<string, Sums>)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([cutValue, sums]) => measuresOf(cut, cutValue, sums)),
      ),
  };
};

const emptySums = (): Sums => ({
  scored: 0,
  known: zeros(),
  unknown: zeros(),
  points: zeros(),
  lost: zeros(),
  driver: zeros(),
  driverArr: zeros(),
});

function addLines(sums: Sums, lines: readonly ReceiptLine[]): void {
  let weight = 0;
  for (const line of lines) if (line.points !== null) weight += line.weight;
  for (const line of lines) {
    const place = placeOf.get(line.measure) as number;
    if (line.points === null) {
      increase(sums.unknown, place, 1);
      continue;
    }
    increase(sums.known, place, 1);
    increase(sums.points, place, line.points);
    increase(sums.lost, place, (line.weight * (100 - line.points)) / weight);
  }
}

function increase(sums: Float64Array, place: number, by: number): void {
  sums[place] = (sums[place] as number) + by;
}

function measuresOf(cut: Cut, cutValue: string, sums: Sums): MeasureHealth[] {
  return measureIds.map((measure, place) => ({
    cut,
    cutValue,
    dimension: dimensionOfMeasure.get(measure) as DimensionId,
    measure,
    known: sums.known[place] as number,
    unknown: sums.unknown[place] as number,
    meanPoints: meanOf(sums.points[place] as number, sums.known[place] as number),
    meanLost: meanOf(sums.lost[place] as number, sums.scored),
    topDriverAccounts: sums.driver[place] as number,
    topDriverArrCents: sums.driverArr[place] as number,
  }));
}

/** As fine as anybody reads it. */
function meanOf(sum: number, count: number): number | null {
  const mean = shareOf(sum, count);
  return mean === null ? null : roundTo(mean, 4);
}
