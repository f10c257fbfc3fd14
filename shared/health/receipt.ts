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
  readonly contribution: number | null;
  readonly evidence: string | null;
  readonly reason: string | null;
}

/** A line before its contribution is known. */
export type JudgedLine = Omit<ReceiptLine, 'contribution'>;

/**
 * The weighted mean of the known points, and each line's part of it. Parts are tenths of a point
 * shared out by largest remainder, so that they sum to the mean exactly and not only nearly.
 */
export const contributions = (
  lines: readonly JudgedLine[],
): { mean: number; lines: ReceiptLine[] } => {
  const known = lines.filter((line) => line.points !== null && line.weight > 0);
  const weight = known.reduce((sum, line) => sum + line.weight, 0);
  const exact = known.map((line) => (10 * line.weight * (line.points ?? 0)) / weight);
  const mean = roundTo(exact.reduce((sum, part) => sum + part, 0) / 10, 1);
  const parts = distribute(Math.round(mean * 10), exact);
  const byMeasure = new Map(known.map((line, index) => [line.measure, (parts[index] ?? 0) / 10]));
  return {
    mean,
    lines: lines.map((line) => ({ ...line, contribution: byMeasure.get(line.measure) ?? 0 })),
  };
};
