import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** Would they put their own name to us? Promoters less detractors, in points from -100 to 100. */
export const nps: Measure = {
  id: 'nps',
  question: 'Would they recommend us?',
  needs: ['survey_responses.score'],

  judge({ npsResponses180d, npsPromoters180d, npsDetractors180d }) {
    if (npsResponses180d === 0) return unknown('no NPS response in 180 days');
    const score = (100 * (npsPromoters180d - npsDetractors180d)) / npsResponses180d;
    return observed(
      score,
      `NPS ${Math.round(score)} over ${plural(npsResponses180d, 'response')} in 180 days`,
    );
  },
};
