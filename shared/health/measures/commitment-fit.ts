import { plainText, plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** What is committed and not consumed is what the next contract will leave out. */
export const commitmentFit: Measure = {
  id: 'commitment_fit',
  question: 'Do they consume what they have committed to?',
  needs: ['entitlements.used', 'entitlements.period_end'],

  judge(account) {
    const { entitlementUse, entitlementCommitted } = account;
    if (entitlementUse === null) return unknown('no commitment running');
    const metric = plainText(account.entitlementMetric ?? '', 40);
    const committed = plural(Math.round(entitlementCommitted ?? 0), metric, metric);
    // Beyond the commitment is full use here; what it costs them is the overage flag's to say.
    const percent = Math.round(entitlementUse * 100);
    return observed(Math.min(1, entitlementUse), `${percent} % of ${committed} used`);
  },
};
