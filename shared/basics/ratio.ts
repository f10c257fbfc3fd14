/** Rounds half away from zero, so that -0.05 and 0.05 round alike. */
export const roundTo = (value: number, decimals: number): number => {
  const factor = 10 ** decimals;
  // The nudge undoes binary fractions that sit a hair below a half, such as 1.005.
  const nudge = Math.abs(value) * Number.EPSILON * 4;
  return (Math.sign(value) * Math.round((Math.abs(value) + nudge) * factor)) / factor || 0;
};

/** Part of a whole, or null when there is no whole: never a made-up 0 % or 100 %. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : part / whole;

/**
 * Splits an integer total over shares by the largest-remainder method (Hamilton): the parts are
 * integers, sum exactly to the total and differ from their exact value by less than one.
 * Ties go to the earlier share. Shares must sum to the total within rounding.
 */
export const distribute = (total: number, exact: readonly number[]): number[] => {
  const parts = exact.map(Math.floor);
  let missing = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    missing -= 1;
  }
  return parts;
};

/** The middle value; the mean of the two middle values when there is an even number of them. */
export const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
};
