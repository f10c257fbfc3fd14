import { expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { ago, asOf, expectFeatures } from './feature-cases.ts';

test('milestones are due the day after their day, and done the day after they are', () =>
  expectFeatures('onboarding_milestones', 'account_id,milestone,due_on,completed_on', [
    [
      'in time, late, and open',
      [
        `@@,kick-off,${ago(50)},${ago(50)}`,
        `@@,import,${ago(40)},${ago(39)}`,
        `@@,training,${ago(30)},`,
        `@@,go-live,${addDays(asOf, 30)},`,
      ],
      {
        ...{ milestonesPlanned: 4, milestonesDone: 2, milestonesDue: 3, milestonesOnTime: 1 },
        ...{ milestonesOverdue: 1, overdueMilestone: 'training', overdueMilestoneOn: ago(30) },
      },
    ],
    [
      'due on the day is not overdue',
      [`@@,kick-off,${asOf},`],
      {
        ...{ milestonesPlanned: 1, milestonesDue: 0, milestonesOverdue: 0 },
        ...{ overdueMilestone: null, overdueMilestoneOn: null },
      },
    ],
    [
      'reached on the day is not reached yet',
      [`@@,kick-off,${ago(1)},${asOf}`],
      { milestonesDone: 0, milestonesDue: 1, milestonesOverdue: 1 },
    ],
    [
      'done before it was due',
      [`@@,kick-off,${addDays(asOf, 9)},${ago(1)}`],
      { milestonesDone: 1, milestonesDue: 0, milestonesOnTime: 0 },
    ],
    [
      'of those overdue the longest, and of these the first name',
      [
        `@@,b-step,${ago(9)},`,
        `@@,a-step,${ago(9)},`,
        `@@,z-step,${ago(8)},`,
        `@@,0-step,${ago(7)},`,
      ],
      { milestonesOverdue: 4, overdueMilestone: 'a-step', overdueMilestoneOn: ago(9) },
    ],
  ]));

const PLANS = 'objective_id,account_id,outcome,target,actual,due_on,status,reviewed_on';

test('objectives are measured by their figures, unless somebody has said how they ended', () =>
  expectFeatures('success_plans', PLANS, [
    [
      'half way, all the way and beyond',
      ['#,@@,Hours,100,50,,,', '#,@@,Calls,100,100,,,', '#,@@,Stores,100,700,,open,'],
      {
        ...{ objectives: 3, objectivesMeasured: 3, objectivesMet: 2, objectivesMissed: 0 },
        ...{ missedObjective: null, missedObjectiveOn: null, planReviewedOn: null },
        outcomeProgress: expect.closeTo(2.5 / 3, 4),
      },
    ],
    [
      'not measured',
      ['#,@@,Hours,100,,,,', '#,@@,Calls,100,,,open,'],
      { objectives: 2, objectivesMeasured: 0, objectivesMet: 0, outcomeProgress: null },
    ],
    [
      'said to be met, whatever the figures',
      ['#,@@,Hours,100,10,,met,', `#,@@,Calls,100,,${ago(9)},met,`],
      { objectivesMeasured: 2, objectivesMet: 2, objectivesMissed: 0, outcomeProgress: 1 },
    ],
    [
      'said to be missed, whatever the figures and the day',
      [`#,@@,Hours,100,100,${addDays(asOf, 9)},missed,`],
      {
        ...{ objectivesMeasured: 1, objectivesMet: 0, objectivesMissed: 1 },
        ...{ missedObjective: 'Hours', missedObjectiveOn: addDays(asOf, 9) },
      },
    ],
    [
      'dropped',
      [`#,@@,Hours,100,10,${ago(9)},dropped,${ago(3)}`],
      {
        ...{ objectives: 0, objectivesMeasured: 0, objectivesMissed: 0, outcomeProgress: null },
        planReviewedOn: ago(3),
      },
    ],
    [
      'due on the day is not missed',
      [`#,@@,Hours,100,10,${asOf},,`],
      { objectivesMissed: 0, missedObjective: null },
    ],
    [
      'due the day before is',
      [`#,@@,Hours,100,,${ago(1)},,`],
      { objectivesMissed: 1, missedObjective: 'Hours', missedObjectiveOn: ago(1) },
    ],
    [
      'met before it was due',
      [`#,@@,Hours,100,100,${ago(9)},open,`],
      { objectivesMet: 1, objectivesMissed: 0 },
    ],
    [
      'of those missed the longest, of these the first name, and last what has no day',
      [
        `#,@@,Stores,100,1,${ago(9)},,`,
        `#,@@,Hours,100,1,${ago(9)},,`,
        `#,@@,Calls,100,1,${ago(8)},,`,
        '#,@@,Alerts,100,1,,missed,',
      ],
      { objectivesMissed: 4, missedObjective: 'Hours', missedObjectiveOn: ago(9) },
    ],
    [
      'missed with no day at all',
      ['#,@@,Hours,100,1,,missed,'],
      { missedObjective: 'Hours', missedObjectiveOn: null },
    ],
    [
      'a figure below zero is no progress, and a target of zero no measure',
      ['#,@@,Hours,100,-50,,,', '#,@@,Calls,0,10,,,', '#,@@,Stores,0,10,,met,'],
      { objectives: 3, objectivesMeasured: 2, objectivesMet: 1, outcomeProgress: 0.5 },
    ],
    [
      'the last review before the day',
      [`#,@@,Hours,100,,,,${ago(1)}`, `#,@@,Calls,100,,,,${asOf}`, `#,@@,Stores,100,,,,${ago(9)}`],
      { planReviewedOn: ago(1) },
    ],
  ]));
