import { type Measure, observed, unknown } from '../measure.ts';

/** An account that shrank has begun to leave; one that grew has found a use for more. */
export const arrTrend: Measure = {
  id: 'arr_trend',
  question: 'Do they pay at least what they paid a year ago?',
  needs: ['contracts.start_date'],

  judge({ arrCents, arrYearAgoCents }) {
    if (arrYearAgoCents === 0) return unknown('no contract a year ago');
    const ratio = arrCents / arrYearAgoCents;
    return observed(ratio, `ARR is ${Math.round(ratio * 100)} % of a year ago`);
  },
};
