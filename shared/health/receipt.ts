import { distribute, roundTo } from '../basics/ratio.ts';
import type { DimensionId, MeasureId } from '../config/default-model.ts';

/** One line of an account's receipt. Points 0 to 100 and contribution have one decimal. */
export interface ReceiptLine {
  readonly measure: MeasureId;
  readonly dimension: DimensionId;
  readonly status: 'scored' | 'unknown';
  readonly rawValue: number | null;
  readonly points: number | null;
  readonly weight: number;
  /** What the line adds to the score: 0 when it is unknown, null when there is no score. */
  contribution: number | null;
  readonly evidence: string | null;
  readonly reason: string | null;
}

/**
 * The weighted mean of the known points; gives each line its part of it. Parts are tenths of a
 * point shared out by largest remainder, so that they sum to the mean exactly and not only nearly.
 */
export const shareOut = (lines: readonly ReceiptLine[]): number => {
  let weight = 0;
  let weighted = 0;
  for (const { points, weight: mine } of lines) {
    if (points === null) continue;
    weight += mine;
    weighted += mine * points;
  }
  const mean = roundTo(weighted / weight, 1);
  const exact = new Array<number>(lines.length);
  for (let at = 0; at < lines.length; at += 1) {
    const { points, weight: mine } = lines[at] as ReceiptLine;
    exact[at] = points === null ? 0 : (10 * mine * points) / weight;
  }
  const parts = distribute(Math.round(mean * 10), exact);
  for (let at = 0; at < lines.length; at += 1) {
    (lines[at] as ReceiptLine).contribution = (parts[at] as number) / 10;
  }
  return mean;
};
