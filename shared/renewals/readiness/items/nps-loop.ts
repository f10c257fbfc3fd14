import { plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';

/** A detractor whom nobody called back is asked again when the contract is on the table. */
export const npsLoop: ReadinessItem = {
  id: 'nps_loop',
  title: 'NPS loop closed',
  question: 'Has somebody got back to every detractor?',
  needs: ['survey_responses.score', 'survey_responses.closed_loop_at'],

  judge({ npsResponses180d, npsDetractors180d, npsDetractorsOpen }) {
    if (npsResponses180d === 0) return unknown('no NPS response in 180 days');
    const responses = plural(npsResponses180d, 'NPS response');
    if (npsDetractors180d === 0) return done(`no detractor in ${responses} of 180 days`);
    const detractors = plural(npsDetractors180d, 'detractor');
    return npsDetractorsOpen === 0
      ? done(`${detractors} in 180 days, answered`)
      : missing(`${npsDetractorsOpen} of ${detractors} in 180 days not yet answered`);
  },
};
