import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

const stuck = { milestonesDone: 3, milestonesOnTime: 3, milestonesOverdue: 2, milestonesDue: 5 };

judgeCases('onboarding', [
  [
    'milestones_on_time',
    'some late',
    stuck,
    observed(0.6, '3 of 5 onboarding milestones reached on time'),
  ],
  [
    'milestones_on_time',
    'never had',
    { milestonesPlanned: 0, milestonesDue: 0 },
    unknown('no onboarding milestone planned'),
  ],
  [
    'milestones_on_time',
    'nothing due yet',
    { milestonesDue: 0, milestonesOnTime: 0 },
    unknown('6 onboarding milestones planned, none due yet'),
  ],
  [
    'milestones_overdue',
    'none',
    { milestonesDone: 4 },
    observed(0, '4 of 6 onboarding milestones reached, none overdue'),
  ],
  [
    'milestones_overdue',
    'the one overdue longest is named',
    { ...stuck, overdueMilestone: 'SSO\n live', overdueMilestoneOn: toDay('2026-10-22') },
    observed(2, '2 onboarding milestones overdue, "SSO live" for 31 days'),
  ],
  [
    'milestones_overdue',
    'never had',
    { milestonesPlanned: 0 },
    unknown('no onboarding milestone planned'),
  ],
]);
