/**
 * One plain mailbox: letters and digits of ASCII, so that no look-alike passes for another; one @; no
 * quotes, comments, routes (`%`, `!`) or trailing dot, which mail servers read in ways of their own.
 */
const MAILBOX =
  /^[a-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[a-z0-9#$&'*+/=?^_`{|}~-]+)*@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/;

/** RFC 5321 takes no more before the @, and in the whole. */
const MOST_LOCAL = 64;
const MOST_WHOLE = 254;

/** Why no mail may go to an address, or null where it may: its domain must be one that is allowed. */
export const addressFault = (address: string, allowedDomains: readonly string[]): string | null => {
  const lower = address.toLowerCase();
  // Lower case alone must not turn another letter into one of ASCII: the Kelvin sign becomes k.
  const domain = isAscii(address) ? MAILBOX.exec(lower)?.[1] : undefined;
  const isShort = lower.indexOf('@') <= MOST_LOCAL && lower.length <= MOST_WHOLE;
  if (domain === undefined || !isShort) return 'is not one plain address';
  if (allowedDomains.some((allowed) => allowed.toLowerCase() === domain)) return null;
  return `is of ${domain}, which mail.allowed_domains does not name`;
};

const isAscii = (text: string): boolean =>
  [...text].every((character) => character > ' ' && character <= '~');
