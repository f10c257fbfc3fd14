import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

judgeCases('relationship', [
  ['sponsor_in_place', 'two', {}, observed(2, '2 executive sponsors in place')],
  [
    'sponsor_in_place',
    'all have left',
    { sponsorsActive: 0, sponsorLeftOn: toDay('2026-10-14') },
    observed(0, 'no executive sponsor in place, the last left on 2026-10-14'),
  ],
  [
    'sponsor_in_place',
    'never had',
    { sponsorsActive: 0, sponsorsEver: 0 },
    unknown('no executive sponsor was ever named'),
  ],
  ['champion_in_place', 'one', { championsActive: 1 }, observed(1, '1 champion in place')],
  [
    'champion_in_place',
    'all have left',
    { championsActive: 0, championLeftOn: toDay('2026-10-14') },
    observed(0, 'no champion in place, the last left on 2026-10-14'),
  ],
  [
    'champion_in_place',
    'never had',
    { championsActive: 0, championsEver: 0 },
    unknown('no champion was ever named'),
  ],
  [
    'contact_recency',
    'half the rhythm late',
    { lastTouchOn: toDay('2026-10-08') },
    observed(1.5, 'last call or meeting 45 days ago, one every 30 is meant'),
  ],
  [
    'contact_recency',
    'never is silence',
    { lastTouchOn: null, customerSince: toDay('2026-09-23') },
    observed(2, 'no call or meeting in 60 days as a customer, one every 30 is meant'),
  ],
  [
    'contact_recency',
    'nobody has come yet',
    { lastTouchOn: null, customerSince: null },
    unknown('not yet a customer'),
  ],
  ['contact_breadth', 'four', {}, observed(4, 'in touch with 4 roles in 180 days')],
  [
    'contact_breadth',
    'never in touch',
    { attendeeRoles180d: 0, lastContactOn: null },
    unknown('no touchpoint in 180 days'),
  ],
  [
    'contact_breadth',
    'silent is left to contact_recency',
    { attendeeRoles180d: 0, lastContactOn: toDay('2026-05-25') },
    unknown('no touchpoint in 180 days'),
  ],
  [
    'contact_breadth',
    'roles not recorded',
    { attendeeRoles180d: 0, lastContactOn: toDay('2026-05-26') },
    unknown('no role recorded of anybody we were in touch with in 180 days'),
  ],
]);
