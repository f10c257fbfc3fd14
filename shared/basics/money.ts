/** An amount in minor units (cents) of the reporting currency; always a safe integer. */
export type Cents = number;

/** By currency: one takes far longer to make than to use, and a night's evidence is many sentences. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * Money as a person reads it in a sentence: $1.24M, £860K, $95.
 * For tables and files use the cents themselves.
 */
export const formatMoney = (cents: Cents, currency: string): string => {
  let format = formats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
    formats.set(currency, format);
  }
  return format.format(cents / 100);
};
