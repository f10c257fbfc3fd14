/** Looked up, because a power is reckoned anew each time and this is asked for every point. */
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];

/** Rounds half away from zero, so that -0.05 and 0.05 round alike. */
export const roundTo = (value: number, decimals: number): number => {
  const factor = POWERS[decimals] ?? 10 ** decimals;
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
 * Ties go to the earlier share. Shares must sum to the total within rounding. Loops and no sorting:
 * it is asked for every account, over thirty shares of which few get one more.
 */
export const distribute = (total: number, exact: readonly number[]): number[] => {
  const parts = new Array<number>(exact.length);
  const remainders = exact.slice();
  let missing = total;
  for (let at = 0; at < exact.length; at += 1) {
    const whole = Math.floor(exact[at] as number);
    parts[at] = whole;
    remainders[at] = (exact[at] as number) - whole;
    missing -= whole;
  }
  for (let left = Math.min(missing, exact.length); left > 0; left -= 1) {
    let next = 0;
    for (let at = 1; at < remainders.length; at += 1) {
      if ((remainders[at] as number) > (remainders[next] as number)) next = at;
    }
    parts[next] = (parts[next] as number) + 1;
    remainders[next] = -1;
  }
  return parts;
};

/** The middle of a few values; the mean of the two in the middle of an even number of them. */
export const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = sortedFew(values);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
};

/** By insertion, which for a dozen numbers is several times as fast as to sort with a comparison. */
function sortedFew(values: readonly number[]): number[] {
  const sorted = values.slice();
  for (let next = 1; next < sorted.length; next += 1) {
    const value = sorted[next] as number;
    let at = next;
    for (; at > 0 && (sorted[at - 1] as number) > value; at -= 1) {
      sorted[at] = sorted[at - 1] as number;
    }
    sorted[at] = value;
  }
  return sorted;
}
