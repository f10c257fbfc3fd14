import { expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { playDrivers } from '../../../shared/sources/plays.ts';
import { ago, asOf, expectFeatures } from './feature-cases.ts';

const on = (days: number, time = '12:00:00') => `${addDays(asOf, -days)} ${time}`;
const bit = (driver: (typeof playDrivers)[number]) => 2 ** playDrivers.indexOf(driver);

const PLAYS =
  'play_id,account_id,driver,play,opened_on,due_on,closed_on,concession,success_plan_id';

test('plays are open until the day after they end', () =>
  expectFeatures('plays', PLAYS, [
    [
      'open, twice against one driver, and against a category',
      [
        `#,@@,silence,call,${ago(9)},,,,`,
        `#,@@,silence,visit,${ago(1)},,,,`,
        `#,@@,compliance_security,audit,${ago(5)},,,,`,
      ],
      {
        playsOverdue: 0,
        openPlayDrivers: bit('silence') + bit('compliance_security'),
      },
    ],
    [
      'opened on the day is not known yet',
      [`#,@@,silence,call,${asOf},,,,`],
      { openPlayDrivers: 0 },
    ],
    [
      'closed the day before',
      [`#,@@,silence,call,${ago(9)},${ago(5)},${ago(1)},,`],
      { playsOverdue: 0, openPlayDrivers: 0 },
    ],
    [
      'closed on the day, so open until then',
      [`#,@@,usage_decline,call,${ago(9)},${ago(1)},${asOf},,`],
      { playsOverdue: 1, openPlayDrivers: bit('usage_decline') },
    ],
    [
      'due on the day is not overdue',
      [`#,@@,usage_decline,call,${ago(9)},${asOf},,,`],
      { playsOverdue: 0 },
    ],
    ['against what nobody knows', [`#,@@,moonlight,call,${ago(9)},,,,`], { openPlayDrivers: 0 }],
    [
      'concessions of 180 days without a plan, open or not',
      [
        `#,@@,overage,credit,${ago(180)},,${ago(170)},true,`,
        `#,@@,overage,credit,${ago(181)},,,true,`,
        `#,@@,overage,credit,${ago(20)},,,true,O-1`,
        `#,@@,overage,credit,${ago(10)},,,false,`,
        `#,@@,overage,credit,${ago(9)},,,,`,
        `#,@@,silence,discount,${ago(30)},,,true,`,
      ],
      { concessionsWithoutPlan180d: 2, latestConcessionOn: ago(30) },
    ],
  ]));

test('each driver has a bit of its own, and the sum of all is exact', () => {
  expect(new Set(playDrivers).size).toBe(playDrivers.length);
  const rows = playDrivers.map((driver) => `#,@@,${driver},call,${ago(2)},,,,`);
  return expectFeatures('plays', PLAYS, [
    ['all at once', rows, { openPlayDrivers: 2 ** playDrivers.length - 1 }],
  ]);
});

test('signals of 120 days count, the latest of each topic with its note', () =>
  expectFeatures('signals', 'account_id,kind,at,note,signal_id', [
    [
      'one of each',
      [
        `@@,competitor,${on(1)},They try another,`,
        `@@,budget,${on(2)},Cut by half,`,
        `@@,compliance,${on(3)},Wants a report,`,
        `@@,acquisition,${on(4)},,`,
        `@@,leadership_change,${on(1)},New chief,`,
        `@@,other,${on(1)},Moved house,`,
      ],
      {
        ...{ competitorOn: ago(1), competitorNote: 'They try another' },
        ...{ budgetOn: ago(2), budgetNote: 'Cut by half' },
        ...{ complianceOn: ago(3), complianceNote: 'Wants a report' },
      },
    ],
    [
      'the latest, by time and not by name',
      [`@@,budget,${on(5, '09:00:00')},A freeze,`, `@@,budget,${on(5, '10:00:00')},No freeze,`],
      { budgetOn: ago(5), budgetNote: 'No freeze' },
    ],
    [
      'at one time, the first note, and a note before none',
      [`@@,competitor,${on(5)},,1`, `@@,competitor,${on(5)},Two,2`, `@@,competitor,${on(5)},One,3`],
      { competitorNote: 'One' },
    ],
    [
      'compliance and security are one topic',
      [`@@,compliance,${on(9)},A report,`, `@@,security,${on(8)},A breach,`],
      { complianceOn: ago(8), complianceNote: 'A breach' },
    ],
    [
      '120 days ago, and 121',
      [
        `@@,competitor,${on(120, '00:00:00')},Still heard,`,
        `@@,budget,${on(121, '23:59:59')},Forgotten,`,
      ],
      { competitorOn: ago(120), budgetOn: null, budgetNote: null },
    ],
    ['on the day itself', [`@@,competitor,${on(0, '00:00:00')},New,`], { competitorOn: null }],
  ]));

test('advocacy counts for a year', () =>
  expectFeatures('advocacy', 'account_id,kind,at', [
    [
      'both ends of it',
      [`@@,reference,${on(1, '23:59:59')}`, `@@,case_study,${on(365, '00:00:00')}`],
      { advocacy365d: 2 },
    ],
    [
      'beyond them',
      [`@@,reference,${on(0, '00:00:00')}`, `@@,case_study,${on(366, '23:59:59')}`],
      { advocacy365d: 0 },
    ],
  ]));

test('what is to be retired is named before it is', () =>
  expectFeatures('releases', 'release_id,account_id,kind,at,feature', [
    [
      'the next and the first name of it',
      [
        `#,@@,retirement,${on(-30)},Old reports`,
        `#,@@,retirement,${on(-30)},Maps`,
        `#,@@,retirement,${on(-60)},Alerts`,
      ],
      { retirementsAhead: 3, nextRetirementOn: ago(-30), nextRetiredFeature: 'Maps' },
    ],
    [
      'on the day it still stands, and the day before it is gone',
      [`#,@@,retirement,${on(0, '00:00:00')},Maps`, `#,@@,retirement,${on(1, '23:59:59')},Alerts`],
      { retirementsAhead: 1, nextRetirementOn: asOf, nextRetiredFeature: 'Maps' },
    ],
    [
      'a change retires nothing',
      [`#,@@,change,${on(-30)},Maps`],
      { retirementsAhead: 0, nextRetirementOn: null, nextRetiredFeature: null },
    ],
    [
      'nobody has said what',
      [`#,@@,retirement,${on(-30)},`],
      { retirementsAhead: 1, nextRetiredFeature: null },
    ],
  ]));

test('an override holds until the day it expires', () =>
  expectFeatures('overrides', 'account_id,band,owner_email,reason,expires_on', [
    [
      'one day left, beside one that has expired',
      [`@@,green,a@x.example,Signed,${ago(-1)}`, `@@,red,b@x.example,Fire,${ago(9)}`],
      {
        ...{ overrideBand: 'green', overrideOwnerEmail: 'a@x.example', overrideReason: 'Signed' },
        overrideExpiresOn: ago(-1),
      },
    ],
    [
      'no day left',
      [`@@,red,a@x.example,Fire,${asOf}`],
      { overrideBand: null, overrideReason: null },
    ],
  ]));
