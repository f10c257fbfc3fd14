import { plural } from '../../basics/text.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { severityAbove } from '../severity.ts';

/** Somebody said that they would not recommend us, and nobody has asked them why. */
export const detractorOpen: Flag = {
  id: 'detractor_open',
  category: 'product_issue',
  question: 'Does a detractor wait for an answer?',
  needs: ['survey_responses.score', 'survey_responses.closed_loop_at'],

  judge({ npsDetractorsOpen, npsDetractors180d }, { policy: { detractor_open: rule }, isOpen }) {
    if (npsDetractorsOpen === 0) return clear;
    const severity = severityAbove(npsDetractorsOpen, rule.count, isOpen);
    if (severity === null) return clear;
    const ofAll = npsDetractorsOpen < npsDetractors180d ? `${npsDetractorsOpen} of ` : '';
    return raised(
      severity,
      `${ofAll}${plural(npsDetractors180d, 'detractor')} of the last 180 days not yet answered`,
    );
  },
};
