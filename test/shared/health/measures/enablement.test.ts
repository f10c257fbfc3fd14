import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

const untrained = { completions365d: 0, adminCompletions365d: 0, lastCompletionOn: null };

judgeCases('enablement', [
  ['training_recent', 'many', {}, observed(8, '8 courses completed in 365 days')],
  [
    'training_recent',
    'never is silence',
    untrained,
    observed(0, 'no course ever completed in 874 days as a customer'),
  ],
  [
    'training_recent',
    'no longer',
    { ...untrained, lastCompletionOn: toDay('2025-03-01') },
    observed(0, 'no course completed in 365 days, the last on 2025-03-01'),
  ],
  [
    'training_recent',
    'not yet',
    { ...untrained, customerSince: toDay('2026-10-24') },
    unknown('customer for 29 days; nobody has completed a course yet'),
  ],
  ['admin_trained', 'two', {}, observed(2, '2 of 8 courses in 365 days completed by an admin')],
  [
    'admin_trained',
    'others are',
    { adminCompletions365d: 0 },
    observed(0, 'none of 8 courses in 365 days completed by an admin'),
  ],
  [
    'admin_trained',
    'not yet',
    { ...untrained, customerSince: toDay('2026-10-24') },
    unknown('customer for 29 days; no admin has completed a course yet'),
  ],
]);
