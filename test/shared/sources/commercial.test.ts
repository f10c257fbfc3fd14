import { test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { ago, asOf, expectFeatures } from './feature-cases.ts';

const begun = ago(200);
const ends = (days: number) => addDays(asOf, days);

test('contracts tell by when they next must decide', () => {
  const nothing = { nextDecisionOn: null };
  return expectFeatures(
    'contracts',
    'contract_id,account_id,start_date,end_date,arr,currency,auto_renew,notice_days,cancelled_on,cancel_recorded_on,renewed_by,signed_on',
    [
      [
        'at the end, where it does not renew by itself',
        [`#,@@,${begun},${ends(100)},1200,USD,false,30,,,,`],
        { nextDecisionOn: ends(100) },
      ],
      [
        'before the notice is due, where it does',
        [`#,@@,${begun},${ends(100)},1200,USD,true,30,,,,`],
        { nextDecisionOn: ends(70) },
      ],
      [
        'at the end, where the notice is not known',
        [`#,@@,${begun},${ends(100)},1200,USD,true,,,,,`],
        { nextDecisionOn: ends(100) },
      ],
      [
        'at the end, where the notice cannot be',
        [
          `#,@@,${begun},${ends(100)},1200,USD,true,-3,,,,`,
          `#,@@,${begun},${ends(101)},1200,USD,true,99999999,,,,`,
        ],
        { nextDecisionOn: ends(100) },
      ],
      [
        'on the day itself, which is still to come',
        [`#,@@,${begun},${ends(30)},1200,USD,true,30,,,,`],
        { nextDecisionOn: asOf },
      ],
      [
        'no more, once the day of notice has passed',
        [`#,@@,${begun},${ends(29)},1200,USD,true,30,,,,`],
        nothing,
      ],
      [
        'on the first of several lines',
        [
          `#,@@,${begun},${ends(50)},1000,USD,false,,,,,`,
          `#,@@,${begun},${ends(80)},500,USD,true,30,,,,`,
          `#,@@,${begun},${ends(90)},900,USD,false,,,,,`,
        ],
        { nextDecisionOn: ends(50) },
      ],
      [
        'not over what is renewed',
        [
          `old-@@,@@,${begun},${ends(50)},1000,USD,false,,,,new-@@,`,
          `new-@@,@@,${ends(50)},${ends(415)},1100,USD,false,,,,,2026-11-01`,
        ],
        { ...nothing, arrCents: 100_000 },
      ],
      [
        'over what is said to be renewed by nobody knows what, or by itself',
        [
          `#,@@,${begun},${ends(50)},1000,USD,false,,,,gone,`,
          `own-@@,@@,${begun},${ends(50)},1000,USD,false,,,,own-@@,`,
        ],
        { nextDecisionOn: ends(50) },
      ],
      [
        'not over what is under notice, which ends all the same',
        [`#,@@,${begun},${ends(50)},1000,USD,false,,${ends(50)},${ago(1)},,`],
        { ...nothing, noticeEndsOn: ends(50) },
      ],
      [
        'notice ends where the first paid line under it does',
        [
          `#,@@,${begun},${ends(50)},1000,USD,false,,${ends(40)},${ago(1)},,`,
          `#,@@,${begun},${ends(30)},1000,USD,false,,${ends(30)},${ago(1)},,`,
          `#,@@,${begun},${ends(20)},0,USD,false,,${ends(20)},${ago(1)},,`,
          `#,@@,${begun},${ends(10)},1000,USD,false,,,,,`,
        ],
        { noticeEndsOn: ends(30), arrUnderNoticeCents: 200_000, nextDecisionOn: ends(10) },
      ],
      [
        'not over what has yet to begin, or is over',
        [
          `#,@@,${ends(1)},${ends(50)},1000,USD,false,,,,,`,
          `#,@@,${begun},${asOf},1000,USD,false,,,,,`,
        ],
        nothing,
      ],
    ],
  );
});

test('invoices count as they stood on the day', () => {
  const settled = { invoicesOverdue: 0, overdueCents: 0, oldestOverdueOn: null };
  return expectFeatures('invoices', 'invoice_id,account_id,due_on,amount,currency,paid_on', [
    [
      'owed since the day before',
      [`#,@@,${ago(1)},100.005,EUR,`],
      {
        ...{ invoicesOverdue: 1, overdueCents: 11_001, oldestOverdueOn: ago(1) },
        invoicesDue365d: 1,
      },
    ],
    ['due on the day', [`#,@@,${asOf},100,USD,`], { ...settled, invoicesDue365d: 0 }],
    ['paid in time', [`#,@@,${ago(9)},100,USD,${ago(9)}`], { ...settled, invoicesDue365d: 1 }],
    ['paid late', [`#,@@,${ago(9)},100,USD,${ago(8)}`], { ...settled, invoicesDue365d: 1 }],
    [
      'paid on the day, which nobody knew the day before',
      [`#,@@,${ago(9)},100,USD,${asOf}`],
      { invoicesOverdue: 1, overdueCents: 10_000 },
    ],
    [
      'due 365 days ago, and 366',
      [`#,@@,${ago(365)},100,USD,${ago(300)}`, `#,@@,${ago(366)},7,USD,`],
      {
        invoicesDue365d: 1,
        ...{ invoicesOverdue: 1, overdueCents: 700, oldestOverdueOn: ago(366) },
      },
    ],
    [
      'the oldest of several, and a credit note that nobody owes',
      [
        `#,@@,${ago(9)},100,USD,`,
        `#,@@,${ago(40)},50,USD,`,
        `#,@@,${ago(90)},-50,USD,`,
        `#,@@,${ago(90)},0,USD,`,
      ],
      { invoicesOverdue: 2, overdueCents: 15_000, oldestOverdueOn: ago(40), invoicesDue365d: 2 },
    ],
  ]);
});

test('of what is committed, the metric of the fullest use speaks for the account', () =>
  expectFeatures('entitlements', 'account_id,metric,committed,used,period_end,counts', [
    [
      'the largest share and not the largest figure',
      [`@@,calls,1000,500,${ends(9)},level`, `@@,seats,10,12,${ends(40)},`],
      {
        ...{ entitlementUse: 1.2, entitlementMetric: 'seats', entitlementUsed: 12 },
        ...{ entitlementCommitted: 10, entitlementEndsOn: ends(40) },
      },
    ],
    [
      'of equal shares the first name, and no period',
      ['@@,seats,10,5,,', '@@,calls,100,50,,'],
      {
        ...{ entitlementUse: 0.5, entitlementMetric: 'calls', entitlementUsed: 50 },
        ...{ entitlementCommitted: 100, entitlementEndsOn: null },
      },
    ],
    [
      'nothing committed is nothing to use up',
      ['@@,calls,0,500,,'],
      { entitlementUse: null, entitlementMetric: null },
    ],
    [
      'a period is over the day after its last',
      [`@@,calls,100,50,${asOf},`, `@@,seats,100,90,${ago(1)},`],
      { entitlementMetric: 'calls', entitlementEndsOn: asOf },
    ],
    ['nothing used', ['@@,calls,100,0,,'], { entitlementUse: 0 }],
    [
      'what adds up over a period is not judged before its end',
      [`@@,credits,100,99,${ends(9)},period_total`, '@@,seats,10,5,,level'],
      { entitlementMetric: 'seats', entitlementUse: 0.5 },
    ],
    [
      'unless it is exceeded already',
      [`@@,credits,100,101,${ends(9)},period_total`, '@@,seats,10,5,,level'],
      { entitlementMetric: 'credits', entitlementUse: 1.01 },
    ],
  ]));

test('renewal steps tell what was done last, and what lawyers still hold', () =>
  expectFeatures('renewal_steps', 'account_id,step,contract_id,started_on,completed_on', [
    [
      'the latest of each kind',
      [
        `@@,pricing_review,#,${ago(90)},${ago(80)}`,
        `@@,pricing_review,#,${ago(300)},${ago(290)}`,
        `@@,legal_review,#,,${ago(5)}`,
      ],
      { pricingReviewedOn: ago(80), legalClearedOn: ago(5), legalOpen: 0 },
    ],
    [
      'done on the day is for tomorrow, and so is still open',
      [`@@,legal_review,,${ago(9)},${asOf}`, `@@,pricing_review,,${ago(9)},${asOf}`],
      { pricingReviewedOn: null, legalClearedOn: null, legalOpen: 1 },
    ],
    [
      'several at once, beside one that is done',
      [
        `@@,legal_review,#,${ago(9)},`,
        `@@,legal_review,#,${ago(2)},`,
        `@@,legal_review,#,${ago(9)},${ago(1)}`,
      ],
      { legalClearedOn: ago(1), legalOpen: 2 },
    ],
    [
      'planned, or begun on the day, is not begun',
      ['@@,legal_review,#,,', `@@,legal_review,#,${asOf},`],
      { legalClearedOn: null, legalOpen: 0 },
    ],
    ['a pricing review under way', [`@@,pricing_review,,${ago(2)},`], { legalOpen: 0 }],
  ]));
