const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Warehouse text made safe to show on one line: control characters and bidirectional marks gone,
 * and no longer than `limit` characters. Escaping for HTML, CSV or MIME is the edge's own job.
 */
export const plainText = (text: string, limit = 80): string => {
  const plain = text.replace(UNPRINTABLE, '');
  if (plain.length <= limit) return plain;
  const characters = [...plain];
  return characters.length <= limit ? plain : `${characters.slice(0, limit - 1).join('')}…`;
};

/** A count with its noun; without Intl, because a night's evidence is millions of sentences. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** A whole number in groups of three digits; without Intl for the same reason. */
export function grouped(count: number): string {
  if (!Number.isSafeInteger(count) || count < 0) return count.toLocaleString('en-US');
  if (count < 1000) return `${count}`;
  return `${grouped(Math.floor(count / 1000))},${`${count % 1000}`.padStart(3, '0')}`;
}
