import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** A detractor whom nobody called back tells others; one who was heard often stays. */
export const openDetractors: Measure = {
  id: 'open_detractors',
  question: 'Has somebody got back to every detractor?',
  needs: ['survey_responses.score', 'survey_responses.closed_loop_at'],

  judge({ npsResponses180d, npsDetractors180d, npsDetractorsOpen }) {
    if (npsResponses180d === 0) return unknown('no NPS response in 180 days');
    if (npsDetractors180d === 0) return observed(0, 'no detractor in 180 days');
    const detractors = plural(npsDetractors180d, 'detractor');
    return npsDetractorsOpen === 0
      ? observed(0, `${detractors}, answered`)
      : observed(npsDetractorsOpen, `${npsDetractorsOpen} of ${detractors} not yet answered`);
  },
};
