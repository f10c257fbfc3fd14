import { defineSource } from './source.ts';

/** What each currency was worth on each day, for figures that are not at constant rates. */
export const fxRates = defineSource({
  id: 'fx_rates',
  grain: 'one row per currency and day',
  required: false,
  key: ['currency', 'day'],
  columns: {
    currency: { type: 'text', required: true, meaning: 'ISO 4217 code' },
    day: { type: 'day', required: true, meaning: 'day from which on the rate holds' },
    rate_to_reporting: {
      type: 'number',
      required: true,
      range: [0, 1e6],
      meaning: 'units of the reporting currency for one unit of it',
    },
  },
  known: (asOf) => `day < ${asOf}`,
  freshBy: 'day',
  checks: [
    {
      id: 'rate_of_zero',
      column: 'rate_to_reporting',
      severity: 'broken',
      offends: 'rate_to_reporting = 0',
      found: 'a rate of zero',
      expected: 'a rate above zero',
      fix: 'Correct the rates, or leave these rows out in a select and say why.',
    },
  ],
  features: {},
});
