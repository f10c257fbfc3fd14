import { type Measure, observed, unknown } from '../measure.ts';

/** An account that uses one feature can replace the product with another; one that uses ten cannot. */
export const featureDepth: Measure = {
  id: 'feature_depth',
  question: 'Do they use much of the product?',
  needs: ['usage_daily.features_used'],

  judge({ featuresPerActiveDay28d, usageRows28d, featuresKnown28d }) {
    if (usageRows28d > 0 && featuresKnown28d === 0) {
      return unknown('no features recorded on days that are');
    }
    if (featuresPerActiveDay28d === null) return observed(0, 'no feature used in 28 days');
    return observed(
      featuresPerActiveDay28d,
      `${featuresPerActiveDay28d.toFixed(1)} features on a day of use`,
    );
  },
};
