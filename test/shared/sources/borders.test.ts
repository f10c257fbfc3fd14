import { expect, test } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { featuresOf } from '../../kit/features-of.ts';

const asOf = toDay('2026-11-22');
const ago = (days: number): Day => addDays(asOf, -days);

const HEADERS = {
  contracts:
    'contract_id,account_id,start_date,end_date,arr,total_value,seats,discount_pct,signed_on,cancelled_on,cancel_recorded_on,recorded_at',
  usage_daily: 'account_id,day,active_users,sessions,features_used',
  support_tickets:
    'ticket_id,account_id,opened_at,closed_at,severity,first_response_at,response_due_at,csat',
  survey_responses: 'response_id,account_id,kind,score,responded_at,closed_loop_at',
};

type Source = keyof typeof HEADERS;

/** What stands on one side of a border, the row of one account less its keys, and what it means. */
type Border = [title: string, source: Source, rows: string[], expected: Partial<AccountRow>];

const line = (from: Day, to: Day, rest: string) => [`${from},${to},${rest}`];
const live = `${ago(100)},${addDays(asOf, 100)}`;
const ticket = (opened: string, rest = ',low,,,') => [`${opened},${rest}`];
const answer = (kind: string, score: number, when: string) => [`${kind},${score},${when},`];
const due = (days: number, time: string) =>
  ticket(`${ago(days)} ${time}`, `,low,${ago(days)} ${time},${ago(days)} 23:59:59,`);
const rated = (days: number, time: string) =>
  ticket(`${ago(days)} ${time}`, `${ago(2)} 09:00:00,low,,,3`);

const borders: Border[] = [
  [
    'a cancellation recorded the day before is notice',
    'contracts',
    [`${live},1200,,,,,${addDays(asOf, 50)},${ago(1)},`],
    { arrCents: 120_000, arrUnderNoticeCents: 120_000 },
  ],
  [
    'a cancellation recorded on the day itself is not known yet',
    'contracts',
    [`${live},1200,,,,,${addDays(asOf, 50)},${ago(0)},`],
    { arrCents: 120_000, arrUnderNoticeCents: 0 },
  ],
  [
    'a cancellation of which nobody says when ends the line on its day',
    'contracts',
    [`${live},1200,,,,,${ago(0)},,`],
    { arrCents: 0, liveLines: 0 },
  ],
  [
    'a cancellation of which nobody says when is not known the day before',
    'contracts',
    [`${live},1200,,,,,${ago(-1)},,`],
    { arrCents: 120_000, arrUnderNoticeCents: 0 },
  ],
  ['a line signed the day before', 'contracts', [`${live},1200,,,,${ago(1)},,,`], { liveLines: 1 }],
  ['a line signed on the day', 'contracts', [`${live},1200,,,,${ago(0)},,,`], { liveLines: 0 }],
  [
    'a line recorded in the last second before the day',
    'contracts',
    [`${live},1200,,,,,,,${ago(1)} 23:59:59`],
    { liveLines: 1 },
  ],
  [
    'a line recorded in the first second of the day',
    'contracts',
    [`${live},1200,,,,,,,${ago(0)} 00:00:00`],
    { liveLines: 0, customerSince: null },
  ],
  [
    'a line that began 365 days ago',
    'contracts',
    line(ago(365), ago(-9), '900,,,,,,,'),
    { arrYearAgoCents: 90_000 },
  ],
  [
    'a line that began 364 days ago',
    'contracts',
    line(ago(364), ago(-9), '900,,,,,,,'),
    { arrYearAgoCents: 0, arrCents: 90_000 },
  ],
  [
    'a line whose last day was 365 days ago',
    'contracts',
    line(ago(700), ago(364), '900,,,,,,,'),
    { arrYearAgoCents: 90_000 },
  ],
  [
    'a line that was over 365 days ago',
    'contracts',
    line(ago(700), ago(365), '900,,,,,,,'),
    { arrYearAgoCents: 0 },
  ],
  [
    'the deepest discount of the lines that are live',
    'contracts',
    [
      `${live},1200,,,30,,,,`,
      `${live},1200,,,5,,,,`,
      `${live},1200,,,,,,,`,
      ...line(ago(700), ago(400), '900,,,90,,,,'),
    ],
    { deepestDiscountPct: 30 },
  ],
  [
    'the most users on one day and neither the last nor the mean',
    'usage_daily',
    [`${ago(1)},3,1,1`, `${ago(2)},8,1,1`, `${ago(3)},4,1,1`],
    { activeUsersPeak28d: 8 },
  ],
  [
    'use 28 days ago',
    'usage_daily',
    [`${ago(28)},7,5,3`],
    {
      activeUsersPeak28d: 7,
      activeDays28d: 1,
      usageRows28d: 1,
      sessionsKnown28d: 1,
      featuresKnown28d: 1,
      featuresPerActiveDay28d: 3,
    },
  ],
  [
    'use 29 days ago',
    'usage_daily',
    [`${ago(29)},7,5,3`],
    {
      activeUsersPeak28d: null,
      activeDays28d: 0,
      usageRows28d: 0,
      sessionsKnown28d: 0,
      featuresKnown28d: 0,
      featuresPerActiveDay28d: null,
    },
  ],
  ['use 84 days ago', 'usage_daily', [`${ago(84)},7,5,3`], { sessionsWeek12: 5 }],
  ['use 85 days ago', 'usage_daily', [`${ago(85)},7,5,3`], { sessionsWeek12: 0 }],
  [
    'a ticket opened 28 days ago',
    'support_tickets',
    ticket(`${ago(28)} 00:00:00`),
    { ticketsOpened28d: 1, ticketsOpenedPrior84d: 0 },
  ],
  [
    'a ticket opened 29 days ago',
    'support_tickets',
    ticket(`${ago(29)} 23:59:59`),
    { ticketsOpened28d: 0, ticketsOpenedPrior84d: 1 },
  ],
  [
    'a ticket opened 112 days ago',
    'support_tickets',
    ticket(`${ago(112)} 00:00:00`),
    { ticketsOpenedPrior84d: 1 },
  ],
  [
    'a ticket opened 113 days ago',
    'support_tickets',
    ticket(`${ago(113)} 23:59:59`),
    { ticketsOpenedPrior84d: 0 },
  ],
  [
    'a first response due and given 90 days ago',
    'support_tickets',
    due(90, '00:00:00'),
    { responsesDue90d: 1, responsesMet90d: 1 },
  ],
  [
    'a first response due and given 91 days ago',
    'support_tickets',
    due(91, '23:59:58'),
    { responsesDue90d: 0, responsesMet90d: 0 },
  ],
  [
    'a rated ticket of 90 days ago',
    'support_tickets',
    rated(90, '00:00:00'),
    { ticketCsat90d: 3, ticketCsatCount90d: 1 },
  ],
  [
    'a rated ticket of 91 days ago',
    'support_tickets',
    rated(91, '23:59:59'),
    { ticketCsat90d: null, ticketCsatCount90d: 0 },
  ],
  [
    'an NPS answer of 180 days ago',
    'survey_responses',
    answer('nps', 3, `${ago(180)} 00:00:00`),
    { npsResponses180d: 1, npsDetractors180d: 1, npsDetractorsOpen: 1 },
  ],
  [
    'an NPS answer of 181 days ago',
    'survey_responses',
    answer('nps', 3, `${ago(181)} 23:59:59`),
    { npsResponses180d: 0, npsDetractors180d: 0, npsDetractorsOpen: 0 },
  ],
  [
    'a CSAT answer of 180 days ago',
    'survey_responses',
    answer('csat', 3, `${ago(180)} 00:00:00`),
    { csat180d: 3, csatCount180d: 1 },
  ],
  [
    'a CSAT answer of 181 days ago',
    'survey_responses',
    answer('csat', 3, `${ago(181)} 23:59:59`),
    { csat180d: null, csatCount180d: 0 },
  ],
];

/** A term within 2 % of a standard one is taken as that; a day beyond, by its 365.25ths of a year. */
const terms = [0.25, 0.5, 0.75, 1, 2, 3, 4, 5, 6].flatMap((years): Border[] => {
  const shortest = Math.ceil(years * 0.98 * 365.25);
  const longest = Math.floor(years * 1.02 * 365.25);
  const worth = (days: number, term: number): Border => [
    `${days} days are taken as ${term} years`,
    'contracts',
    line(ago(1), addDays(ago(1), days), ',1000,,,,,,'),
    { arrCents: Math.round(100_000 / term) },
  ];
  return [
    worth(shortest - 1, (shortest - 1) / 365.25),
    worth(shortest, years),
    worth(longest, years),
    worth(longest + 1, (longest + 1) / 365.25),
  ];
});

test('what lies on either side of a border', async () => {
  const all = [...borders, ...terms];
  const keyed = (source: Source) =>
    all
      .filter(([, of]) => of === source)
      .flatMap(([title, , rows]) => rows.map((row, index) => ({ title, row, index })))
      .map(({ title, row, index }) =>
        source === 'usage_daily' ? `${title},${row}` : `${title} ${index},${title},${row}`,
      );
  const table = (source: Source) => [HEADERS[source], ...keyed(source)].join('\n');
  const tables = {
    accounts: ['account_id,name', ...all.map(([title]) => `"${title}",Name`)].join('\n'),
    contracts: table('contracts'),
    usage_daily: table('usage_daily'),
    support_tickets: table('support_tickets'),
    survey_responses: table('survey_responses'),
  };
  const extra = 'data_quality: { orphan_share: 0 }';
  const rows = await featuresOf({ asOf, tables, extra });
  const found = Object.fromEntries(rows.map((row) => [row.accountId, row]));
  const expected = Object.fromEntries(all.map(([title, , , features]) => [title, features]));
  expect(Object.keys(found).length).toBe(all.length);
  expect(found).toMatchObject(expected);
});
