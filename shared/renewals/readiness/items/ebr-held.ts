import { plural } from '../../../basics/text.ts';
import { tenureOf } from '../../../health/tenure.ts';
import { missing, type ReadinessItem, unknown } from '../item.ts';
import { doneWithin } from '../within.ts';

/** Executives who meet only over the contract meet over the price. */
export const ebrHeld: ReadinessItem = {
  id: 'ebr_held',
  title: 'EBR held',
  question: 'Have executives of both sides lately met over the business?',
  needs: ['touchpoints.kind'],

  judge(account, { policy }) {
    const { asOf, lastEbrOn: on, lastContactOn } = account;
    const withinDays = policy.ebr_held.within_days;
    if (on !== null) return doneWithin({ what: 'EBR', on, asOf, withinDays });
    const tenure = plural(tenureOf(account), 'day');
    if (tenureOf(account) < withinDays) {
      return unknown(`customer for ${tenure}; a first one is due after ${withinDays}`);
    }
    const nor = lastContactOn === null ? ', nor any other contact,' : '';
    return missing(`no EBR${nor} in ${tenure} as a customer`);
  },
};
