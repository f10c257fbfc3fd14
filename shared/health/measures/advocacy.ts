import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { tenureOf } from '../tenure.ts';

const FEWEST_DAYS = 180;

/** Nobody vouches in public for what they mean to leave. */
export const advocacy: Measure = {
  id: 'advocacy',
  question: 'Do they speak for us in public?',
  needs: ['advocacy.at'],

  judge({ asOf, customerSince, advocacy365d }) {
    const tenureDays = tenureOf({ customerSince, asOf });
    if (tenureDays < FEWEST_DAYS) {
      return unknown(`customer for ${tenureDays} days; nobody vouches before ${FEWEST_DAYS}`);
    }
    return observed(
      advocacy365d,
      advocacy365d === 0
        ? 'spoke for us nowhere in 365 days'
        : `spoke for us ${plural(advocacy365d, 'time')} in 365 days`,
    );
  },
};
