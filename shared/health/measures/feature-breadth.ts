import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { historyOf, tooShort } from '../tenure.ts';

const DAYS_COMPARED = 56;

/** Features that are dropped one after another tell of a product on its way out. */
export const featureBreadth: Measure = {
  id: 'feature_breadth',
  question: 'Do they use as many features as they did?',
  needs: ['feature_usage.events'],

  judge(account, { since }) {
    const { featuresUsed28d, featuresUsedPrior28d, featureRows56d } = account;
    const days = historyOf(account, since('feature_usage'));
    if (days < DAYS_COMPARED) {
      return unknown(tooShort(account, 'feature_usage', days, DAYS_COMPARED));
    }
    if (featureRows56d === 0) return unknown('no use of features recorded in 56 days');
    const used = `${plural(featuresUsed28d, 'feature')} used in 28 days`;
    if (featuresUsedPrior28d === 0) {
      return observed(featuresUsed28d === 0 ? 0 : 1, `${used}, none in the 28 before`);
    }
    return observed(
      featuresUsed28d / featuresUsedPrior28d,
      `${used}, ${featuresUsedPrior28d} in the 28 before`,
    );
  },
};
