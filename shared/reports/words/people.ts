import { plainText } from '../../basics/text.ts';

/**
 * Somebody's name as far as the address tells it: lena.fischer@ is Lena Fischer, l.fischer@ is
 * L. Fischer. What tells of no name stands as it is.
 */
export const personName = (address: string): string => {
  const plain = plainText(address.trim(), 60);
  const [local = ''] = plain.split('@');
  const words = (local.split('+')[0] ?? '')
    .split(/[._-]+/)
    .filter((word) => /^\p{L}+$/u.test(word));
  if (words.length < 2) return plain;
  return words.map(capitalised).join(' ');
};

/** Who owns an account, in a list. */
export const ownerWords = (email: string | null): string =>
  email === null ? 'no owner' : personName(email);

function capitalised(word: string): string {
  const [first = '', ...rest] = [...word];
  return rest.length === 0 ? `${first.toUpperCase()}.` : `${first.toUpperCase()}${rest.join('')}`;
}
