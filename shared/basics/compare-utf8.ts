/**
 * Compares as UTF-8 bytes do, which is how the engines order text. JavaScript's `<` compares
 * UTF-16 units and puts an emoji before U+FF5E.
 */
export const compareUtf8 = (a: string, b: string): number => {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** Surrogates stand for code points above all others, so they are moved above U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
