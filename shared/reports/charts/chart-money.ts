import { type Cents, formatMoney } from '../../basics/money.ts';
import { isDrawable } from './chart-words.ts';
import { textWidth } from './text-width.ts';

/** An amount beside others. */
export interface Amount {
  readonly cents: Cents;
  /** A movement is written with its sign, a total so exactly that movements are seen to add up to it. */
  readonly kind: 'amount' | 'movement' | 'total';
}

/** Money in a chart: $1.24M; by its code where the font does not have the currency's own sign. */
export const moneyWords = (cents: Cents, currency: string): string =>
  drawable(formatMoney(cents, currency)) ?? `${currency} ${bareMoney(cents, 3)}`;

/** An amount as its kind is written: $860K, +$1.42M or −$540K, $50.03M. */
export const amountWords = ({ cents, kind }: Amount, currency: string): string => {
  if (kind === 'total') return totalWords(cents, currency);
  const isGain = kind === 'movement' && cents > 0;
  return `${isGain ? '+' : ''}${moneyWords(cents, currency)}`;
};

/**
 * Amounts that stand side by side, each no wider than its place: with the currency's sign if that
 * fits for all, else as bare numbers, and then `says` has to tell the currency.
 */
export const amountsWithin = (
  amounts: readonly Amount[],
  place: { currency: string; room: number; size: number },
): { texts: readonly string[]; says: string | null } => {
  const { currency, room, size } = place;
  const texts = amounts.map((amount) => amountWords(amount, currency));
  if (texts.every((text) => textWidth(text, size, 600) <= room)) return { texts, says: null };
  const bareTexts = amounts.map(
    ({ cents, kind }) =>
      `${kind === 'movement' && cents > 0 ? '+' : ''}${bareMoney(cents, kind === 'total' ? 4 : 3)}`,
  );
  return { texts: bareTexts, says: `Amounts in ${currency}.` };
};

function totalWords(cents: Cents, currency: string): string {
  const format = new Intl.NumberFormat('en-US', {
    ...{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' },
    ...{ notation: 'compact', maximumSignificantDigits: 4 },
  });
  return drawable(format.format(cents / 100)) ?? `${currency} ${bareMoney(cents, 4)}`;
}

/** With spaces that are one and a minus that is one, or null where the font lacks a sign. */
function drawable(words: string): string | null {
  const plain = words.replace(/\s/g, ' ').replace('-', '−');
  return isDrawable(plain) ? plain : null;
}

function bareMoney(cents: Cents, digits: number): string {
  const format = { notation: 'compact', maximumSignificantDigits: digits } as const;
  return new Intl.NumberFormat('en-US', format).format(cents / 100).replace('-', '−');
}
