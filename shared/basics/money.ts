/** An amount in minor units (cents) of the reporting currency; always a safe integer. */
export type Cents = number;

/**
 * Money as a person reads it in a sentence: $1.24M, £860K, $95.
 * For tables and files use the cents themselves.
 */
export const formatMoney = (cents: Cents, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  }).format(cents / 100);
