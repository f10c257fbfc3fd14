import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** Contentment with the product itself, asked apart from any ticket. */
export const csat: Measure = {
  id: 'csat',
  question: 'Are they content with the product?',
  needs: ['survey_responses.score'],

  judge({ csat180d, csatCount180d }) {
    if (csat180d === null) return unknown('no CSAT response in 180 days');
    return observed(
      csat180d,
      `${csat180d.toFixed(1)} of 5 over ${plural(csatCount180d, 'response')} in 180 days`,
    );
  },
};
