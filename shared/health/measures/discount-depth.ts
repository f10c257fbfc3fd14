import { type Measure, observed, unknown } from '../measure.ts';

/** A deep discount buys time, not value: the next renewal begins from a price nobody believes in. */
export const discountDepth: Measure = {
  id: 'discount_depth',
  question: 'Do they pay close to the list price?',
  needs: ['contracts.discount_pct'],

  judge({ deepestDiscountPct }) {
    if (deepestDiscountPct === null) return unknown('no discount recorded on a live contract');
    return observed(deepestDiscountPct, `deepest discount ${Math.round(deepestDiscountPct)} %`);
  },
};
