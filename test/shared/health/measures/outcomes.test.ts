import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

judgeCases('outcomes', [
  [
    'outcomes_met',
    'partly',
    { objectives: 4, objectivesMet: 1, outcomeProgress: 0.625 },
    observed(0.625, '1 of 4 objectives met, 3 measured at 63 % of target'),
  ],
  [
    'outcomes_met',
    'measured and nothing reached is zero',
    { objectives: 1, objectivesMeasured: 1, objectivesMet: 0, outcomeProgress: 0 },
    observed(0, '0 of 1 objective met, 1 measured at 0 % of target'),
  ],
  [
    'outcomes_met',
    'never had',
    { objectives: 0, objectivesMeasured: 0, outcomeProgress: null },
    unknown('no objective agreed'),
  ],
  [
    'outcomes_met',
    'not measured',
    { objectives: 2, objectivesMeasured: 0, outcomeProgress: null },
    unknown('2 objectives agreed, none measured'),
  ],
  ['plan_reviewed', 'lately', {}, observed(17, 'plan of 3 objectives reviewed 17 days ago')],
  [
    'plan_reviewed',
    'never, and a customer for long',
    { planReviewedOn: null },
    observed(874, 'plan of 3 objectives never reviewed in 874 days as a customer'),
  ],
  [
    'plan_reviewed',
    'not yet, and a customer since yesterday',
    { planReviewedOn: null, objectives: 1, customerSince: toDay('2026-11-21') },
    observed(1, 'plan of 1 objective never reviewed in 1 day as a customer'),
  ],
  [
    'plan_reviewed',
    'before the first contract',
    { planReviewedOn: null, customerSince: null },
    unknown('not yet a customer'),
  ],
  ['plan_reviewed', 'no plan to review', { objectives: 0 }, unknown('no objective agreed')],
  ['value_review', 'lately', {}, observed(33, 'last value review 33 days ago')],
  [
    'value_review',
    'never is silence',
    { lastValueReviewOn: null },
    observed(874, 'no value review in 874 days as a customer'),
  ],
  [
    'value_review',
    'never, on the day it is due',
    { lastValueReviewOn: null, customerSince: toDay('2026-08-24') },
    observed(90, 'no value review in 90 days as a customer'),
  ],
  [
    'value_review',
    'not yet due',
    { lastValueReviewOn: null, customerSince: toDay('2026-08-25') },
    unknown('customer for 89 days; a first value review is due after 90'),
  ],
]);
