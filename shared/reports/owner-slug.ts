import { sha256 } from '../basics/digest.ts';

const LONGEST = 100;

/**
 * The name of an owner's file: the e-mail address, lower-cased, as far as it is plain. Where more than
 * the case was changed, a piece of its digest keeps two owners apart.
 */
export const ownerSlug = (email: string): string => {
  const lower = email.trim().toLowerCase();
  const plain = lower.replace(/[^a-z0-9.@_-]/g, '_').slice(0, LONGEST);
  return plain === lower ? plain : `${plain}-${sha256(lower).slice(0, 8)}`;
};
