import { roundTo, shareOf } from '../basics/ratio.ts';
import type { DimensionId, MeasureId } from '../config/default-model.ts';
import { dimensionOfMeasure, measureIds } from '../config/model.ts';
import type { ReceiptLine } from './receipt.ts';
import type { Health } from './score.ts';
import { type CountedAccount, type Cut, cutValueOf } from './segment-health.ts';
import { addSums, increase, type SumsByKey, sumsOf } from './sums.ts';

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

/** What is summed up of each measure, one after another; the scored accounts come after all. */
const SUMMED = ['known', 'unknown', 'points', 'lost', 'driver', 'driverArr'] as const;
const SCORED = SUMMED.length * measureIds.length;
const from = Object.fromEntries(
  SUMMED.map((name, index) => [name, index * measureIds.length]),
) as Record<(typeof SUMMED)[number], number>;
const placeOf = new Map(measureIds.map((id, index) => [id, index]));

/** What a part of the customer base has counted, by cut and its value. */
export type MeasureSums = ReadonlyMap<Cut, SumsByKey>;

/** Sums scored accounts up by measure as they stream past; memory grows with cuts. */
export const measureHealthTally = () => {
  const parts = new Map<Cut, SumsByKey>(measureCuts.map((cut) => [cut, new Map()]));

  return {
    counted: parts as MeasureSums,
    add(account: CountedAccount, health: Health): void {
      if (health.score === null) return;
      const { lines, topDriver } = health;
      for (const cut of measureCuts) {
        const byValue = parts.get(cut) as SumsByKey;
        const sums = sumsOf(byValue, cutValueOf(cut, account), SCORED + 1);
        increase(sums, SCORED, 1);
        addLines(sums, lines);
        if (topDriver === null) continue;
        const driver = placeOf.get(topDriver.measure) as number;
        increase(sums, from.driver + driver, 1);
        increase(sums, from.driverArr + driver, account.arrCents);
      }
    },
    absorb(others: MeasureSums): void {
      for (const [cut, sums] of others) addSums(parts.get(cut) as SumsByKey, sums);
    },
    parts: (): MeasureHealth[] =>
      measureCuts.flatMap((cut) =>
        [...(parts.get(cut) as SumsByKey)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([cutValue, sums]) => measuresOf(cut, cutValue, sums)),
      ),
  };
};

function addLines(sums: Float64Array, lines: readonly ReceiptLine[]): void {
  let weight = 0;
  for (const line of lines) if (line.points !== null) weight += line.weight;
  for (const line of lines) {
    const place = placeOf.get(line.measure) as number;
    if (line.points === null) {
      increase(sums, from.unknown + place, 1);
      continue;
    }
    increase(sums, from.known + place, 1);
    increase(sums, from.points + place, line.points);
    increase(sums, from.lost + place, (line.weight * (100 - line.points)) / weight);
  }
}

function measuresOf(cut: Cut, cutValue: string, sums: Float64Array): MeasureHealth[] {
  const scored = sums[SCORED] as number;
  return measureIds.map((measure, place) => {
    const of = (name: keyof typeof from) => sums[from[name] + place] as number;
    return {
      cut,
      cutValue,
      dimension: dimensionOfMeasure.get(measure) as DimensionId,
      measure,
      known: of('known'),
      unknown: of('unknown'),
      meanPoints: meanOf(of('points'), of('known')),
      meanLost: meanOf(of('lost'), scored),
      topDriverAccounts: of('driver'),
      topDriverArrCents: of('driverArr'),
    };
  });
}

/** As fine as anybody reads it. */
function meanOf(sum: number, count: number): number | null {
  const mean = shareOf(sum, count);
  return mean === null ? null : roundTo(mean, 4);
}
