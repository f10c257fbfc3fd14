import { test } from 'vitest';
import { ago, expectFeatures } from './feature-cases.ts';

test('users and teams of 28 days stand beside those of the 56 before', () =>
  expectFeatures('usage_daily', 'account_id,day,active_users,sessions,teams_active', [
    [
      'on either side of each border',
      [
        `@@,${ago(1)},10,1,2`,
        `@@,${ago(28)},20,1,3`,
        `@@,${ago(29)},30,1,9`,
        `@@,${ago(84)},40,1,4`,
        `@@,${ago(85)},90,1,99`,
      ],
      {
        ...{ userDays28d: 30, userDaysPrior56d: 70 },
        ...{ teamsPeak28d: 3, teamsPeakPrior56d: 9 },
      },
    ],
    [
      'what is not recorded is told from nobody',
      [`@@,${ago(2)},,1,`, `@@,${ago(3)},0,1,0`],
      {
        ...{ userDays28d: 0, teamsPeak28d: 0, teamsPeakPrior56d: null },
        usageRows28d: 2,
      },
    ],
  ]));

test('features count once, in the four weeks they were used in', () =>
  expectFeatures('feature_usage', 'account_id,day,feature,events', [
    [
      'however often',
      [`@@,${ago(1)},maps,5`, `@@,${ago(2)},maps,1`, `@@,${ago(3)},alerts,1`, `@@,${ago(3)},api,0`],
      { featuresUsed28d: 2, featuresUsedPrior28d: 0, featureRows56d: 4 },
    ],
    [
      'on either side of each border',
      [
        `@@,${ago(28)},maps,1`,
        `@@,${ago(29)},alerts,1`,
        `@@,${ago(29)},api,1`,
        `@@,${ago(56)},forms,1`,
        `@@,${ago(57)},old,1`,
      ],
      { featuresUsed28d: 1, featuresUsedPrior28d: 3, featureRows56d: 4 },
    ],
  ]));
