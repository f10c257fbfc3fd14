import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

const monthOld = { customerSince: toDay('2026-10-22') };
const silent = { usageRows28d: 0, teamsPeak28d: null };

judgeCases('depth', [
  [
    'feature_depth',
    'averaged',
    { featuresPerActiveDay28d: 3.25 },
    observed(3.25, '3.3 features on a day of use'),
  ],
  [
    'feature_depth',
    'silent is zero',
    { featuresPerActiveDay28d: null, usageRows28d: 0, featuresKnown28d: 0 },
    observed(0, 'no feature used in 28 days'),
  ],
  [
    'feature_depth',
    'not recorded is not silence',
    { featuresPerActiveDay28d: null, featuresKnown28d: 0 },
    unknown('no features recorded on days that are'),
  ],
  [
    'feature_breadth',
    'more than before',
    {},
    observed(1.25, '15 features used in 28 days, 12 in the 28 before'),
  ],
  [
    'feature_breadth',
    'all given up',
    { featuresUsed28d: 0 },
    observed(0, '0 features used in 28 days, 12 in the 28 before'),
  ],
  [
    'feature_breadth',
    'begun',
    { featuresUsed28d: 1, featuresUsedPrior28d: 0 },
    observed(1, '1 feature used in 28 days, none in the 28 before'),
  ],
  [
    'feature_breadth',
    'recorded as not used is silence',
    { featuresUsed28d: 0, featuresUsedPrior28d: 0 },
    observed(0, '0 features used in 28 days, none in the 28 before'),
  ],
  [
    'feature_breadth',
    'nothing recorded is not silence',
    { featuresUsed28d: 0, featuresUsedPrior28d: 0, featureRows56d: 0 },
    unknown('no use of features recorded in 56 days'),
  ],
  ['feature_breadth', 'too new', monthOld, unknown('customer for 31 days; the trend needs 56')],
  [
    'team_spread',
    'one more',
    {},
    observed(1.2, '6 teams on the best of 28 days against 5 in the 56 before'),
  ],
  [
    'team_spread',
    'the first',
    { teamsPeak28d: 1, teamsPeakPrior56d: 0 },
    observed(1, '1 team on the best of 28 days, none in the 56 before'),
  ],
  ['team_spread', 'silent is zero', silent, observed(0, 'no team active in 28 days')],
  [
    'team_spread',
    'silent all along is zero',
    { ...silent, teamsPeakPrior56d: null },
    observed(0, 'no team active in 28 days'),
  ],
  [
    'team_spread',
    'people, no teams',
    { teamsPeak28d: 0 },
    observed(0, 'no team active in 28 days'),
  ],
  [
    'team_spread',
    'never had teams',
    { teamsPeak28d: 0, teamsPeakPrior56d: 0 },
    unknown('no teams to be used by'),
  ],
  [
    'team_spread',
    'not recorded is not silence',
    { teamsPeak28d: null },
    unknown('no teams recorded on days that are'),
  ],
  [
    'feature_breadth',
    'a feed too young by a day',
    {},
    unknown('feature_usage goes back 55 days; the trend needs 56'),
    toDay('2026-09-28'),
  ],
  [
    'feature_breadth',
    'a feed just old enough',
    {},
    observed(1.25, '15 features used in 28 days, 12 in the 28 before'),
    toDay('2026-09-27'),
  ],
  [
    'team_spread',
    'a feed too young by a day',
    {},
    unknown('usage_daily goes back 55 days; the trend needs 56'),
    toDay('2026-09-28'),
  ],
  [
    'team_spread',
    'a feed just old enough',
    {},
    observed(1.2, '6 teams on the best of 28 days against 5 in the 56 before'),
    toDay('2026-09-27'),
  ],
  ['team_spread', 'too new', monthOld, unknown('customer for 31 days; the trend needs 56')],
]);
