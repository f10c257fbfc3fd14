import { test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { ago, asOf, expectFeatures } from './feature-cases.ts';

test('contacts count while they are there, and are missed when they have left', () =>
  expectFeatures('contacts', 'contact_id,account_id,role,active_from,active_to', [
    [
      'all the roles',
      ['#,@@,champion,,', `#,@@,executive_sponsor,${ago(1)},`, '#,@@,admin,,', '#,@@,user,,'],
      {
        ...{ championsActive: 1, sponsorsActive: 1 },
        ...{ championsEver: 1, sponsorsEver: 1, championLeftOn: null, sponsorLeftOn: null },
      },
    ],
    [
      'one who begins on the day is not known yet',
      [`#,@@,executive_sponsor,${asOf},`],
      { sponsorsActive: 0, sponsorsEver: 0, sponsorLeftOn: null },
    ],
    [
      'one whose last day it is stands there still',
      [`#,@@,champion,,${asOf}`, `#,@@,executive_sponsor,,${asOf}`],
      { championsActive: 1, sponsorsActive: 1, championLeftOn: null, sponsorLeftOn: null },
    ],
    [
      'the last to leave says when',
      [
        `#,@@,champion,,${ago(1)}`,
        `#,@@,champion,,${ago(40)}`,
        `#,@@,executive_sponsor,,${ago(30)}`,
        `#,@@,executive_sponsor,,${ago(3)}`,
        `#,@@,user,,${ago(2)}`,
      ],
      {
        ...{ championsEver: 2, sponsorsEver: 2 },
        ...{ championLeftOn: ago(1), sponsorLeftOn: ago(3) },
      },
    ],
    [
      'one left and another came',
      [`#,@@,champion,,${ago(5)}`, `#,@@,champion,${ago(4)},`],
      { championsActive: 1, championsEver: 2, championLeftOn: ago(5) },
    ],
  ]));

const on = (days: number, time = '12:00:00') => `${addDays(asOf, -days)} ${time}`;

test('touchpoints tell when they were last spoken with, by whom, and about what', () =>
  expectFeatures('touchpoints', 'touchpoint_id,account_id,kind,at,attendee_role', [
    [
      'an email is contact but no touch',
      [`#,@@,email,${on(1)},`, `#,@@,call,${on(5)},`],
      {
        ...{ lastContactOn: ago(1), lastTouchOn: ago(5), attendeeRoles180d: 0 },
        ...{ lastValueReviewOn: null, lastEbrOn: null },
      },
    ],
    [
      'a review of either kind',
      [`#,@@,value_review,${on(9)},champion`, `#,@@,ebr,${on(30)},executive_sponsor`],
      { lastTouchOn: ago(9), lastValueReviewOn: ago(9), lastEbrOn: ago(30) },
    ],
    [
      'the last second before the day, and the first of it',
      [`#,@@,call,${on(1, '23:59:59')},`, `#,@@,meeting,${on(0, '00:00:00')},`],
      { lastTouchOn: ago(1) },
    ],
    [
      'roles of 180 days, each once, and of 181',
      [
        `#,@@,call,${on(180, '00:00:00')},champion`,
        `#,@@,call,${on(4)},champion`,
        `#,@@,email,${on(4)},admin`,
        `#,@@,call,${on(4)},`,
        `#,@@,call,${on(181, '23:59:59')},user`,
      ],
      { attendeeRoles180d: 2 },
    ],
  ]));

test('what they have learnt counts for a year', () =>
  expectFeatures('enablement', 'account_id,course,completed_on,role,completion_id', [
    [
      'by admins and by others',
      [
        `@@,Administration,${ago(1)},admin,1`,
        `@@,Administration,${ago(1)},admin,2`,
        `@@,Reporting,${ago(365)},,`,
      ],
      { completions365d: 3, adminCompletions365d: 2, lastCompletionOn: ago(1) },
    ],
    [
      'too long ago',
      [`@@,Administration,${ago(366)},admin,`],
      { completions365d: 0, adminCompletions365d: 0, lastCompletionOn: ago(366) },
    ],
    [
      'on the day itself is for tomorrow',
      [`@@,Administration,${asOf},admin,`],
      { completions365d: 0, lastCompletionOn: null },
    ],
  ]));
