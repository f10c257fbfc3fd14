import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { featuresOf } from '../../kit/features-of.ts';

const asOf = toDay('2026-11-22');
const accounts = 'account_id,name\nA-1,Meridian Retail';
const CONTRACTS =
  'contract_id,account_id,start_date,end_date,arr,total_value,term_months,currency,seats,signed_on,cancelled_on,cancel_recorded_on,renewed_by';
const line = (text: string) => `${CONTRACTS}\n${text}`;
const contracts = line('C-1,A-1,2024-01-01,2027-01-01,1200,,,USD,10,,,,');

const only = async (tables: Record<string, string>): Promise<AccountRow> => {
  const [row] = await featuresOf({ asOf, tables: { accounts, contracts, ...tables } });
  if (row === undefined) throw new Error('no account');
  return row;
};

describe('contracts reduce to what is paid on the day', () => {
  test.each<[string, string, Partial<AccountRow>]>([
    [
      'live',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,,,,',
      { arrCents: 120_000, liveLines: 1, seatsPaid: 10 },
    ],
    [
      'from its first day',
      'C-1,A-1,2026-11-22,2027-01-01,1200,,,USD,10,,,,',
      { arrCents: 120_000 },
    ],
    [
      'not on the day after its last',
      'C-1,A-1,2026-01-01,2026-11-22,1200,,,USD,10,,,,',
      { arrCents: 0, liveLines: 0 },
    ],
    [
      'not before it is signed',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,2026-11-23,,,',
      { arrCents: 0 },
    ],
    [
      'at a constant rate',
      'C-1,A-1,2026-01-01,2027-01-01,1000.005,,,EUR,10,,,,',
      { arrCents: 110_001 },
    ],
    [
      'a year of a longer term',
      'C-1,A-1,2025-01-01,2028-01-01,,3600,,USD,10,,,,',
      { arrCents: 120_000 },
    ],
    [
      'a quarter within 2 %',
      'C-1,A-1,2026-10-01,2027-01-01,,300,,USD,10,,,,',
      { arrCents: 120_000 },
    ],
    [
      'months where they are said',
      'C-1,A-1,2026-06-01,2026-12-15,,600,6,USD,10,,,,',
      { arrCents: 120_000 },
    ],
    [
      'arr where both are said',
      'C-1,A-1,2026-01-01,2027-01-01,1200,999,,USD,10,,,,',
      { arrCents: 120_000 },
    ],
    [
      'notice that has been recorded',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,,2027-01-01,2026-11-01,',
      { arrCents: 120_000, arrUnderNoticeCents: 120_000 },
    ],
    [
      'notice of which nobody knew yet',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,,2026-11-20,2026-11-25,',
      { arrCents: 120_000, arrUnderNoticeCents: 0 },
    ],
    [
      'notice recorded on the day itself is for tomorrow',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,,2027-01-01,2026-11-22,',
      { arrCents: 120_000, arrUnderNoticeCents: 0 },
    ],
    [
      'a cancellation that took effect',
      'C-1,A-1,2026-01-01,2027-01-01,1200,,,USD,10,,2026-11-20,2026-11-01,',
      { arrCents: 0, liveLines: 0 },
    ],
    [
      'one line renewed early by another counts once',
      'C-1,A-1,2026-01-01,2027-01-01,1000,,,USD,10,,,,C-2\nC-2,A-1,2026-07-01,2027-07-01,1200,,,USD,12,,,,',
      { arrCents: 120_000, liveLines: 1, seatsPaid: 12 },
    ],
    [
      'one line to be renewed by another that is yet to begin counts still',
      'C-1,A-1,2026-01-01,2027-01-01,1000,,,USD,10,,,,C-2\nC-2,A-1,2027-01-01,2028-01-01,1200,,,USD,12,2026-10-01,,,',
      { arrCents: 100_000, liveLines: 1 },
    ],
    [
      'a year ago as it was then',
      'C-1,A-1,2025-01-01,2026-06-01,900,,,USD,10,,,,\nC-2,A-1,2026-06-01,2027-06-01,1200,,,USD,12,,,,',
      { arrCents: 120_000, arrYearAgoCents: 90_000, customerSince: toDay('2025-01-01') },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await only({ contracts: line(text) })).toMatchObject(expected);
  });

  test('an account without lines has nothing and is not lost', async () => {
    const rows = await featuresOf({
      asOf,
      tables: { accounts: `${accounts}\nA-2,Corvid Bank`, contracts },
    });
    expect(
      rows.map(({ accountId, arrCents, seatsPaid }) => [accountId, arrCents, seatsPaid]),
    ).toEqual([
      ['A-1', 120_000, 10],
      ['A-2', 0, null],
    ]);
  });
});

describe('use falls into weeks counted back from the day', () => {
  const usage = fc.uniqueArray(
    fc.record({
      ago: fc.integer({ min: -3, max: 100 }),
      sessions: fc.integer({ min: 0, max: 50 }),
    }),
    { selector: ({ ago }) => ago, minLength: 1, maxLength: 60 },
  );

  test('each day in its own week, today and later in none', async () => {
    await fc.assert(
      fc.asyncProperty(usage, async (days) => {
        const yesterday = days.some(({ ago }) => ago === 1) ? [] : [{ ago: 1, sessions: 0 }];
        const rows = [...days, ...yesterday].map(
          ({ ago, sessions }) => `A-1,${addDays(asOf, -ago)},${sessions}`,
        );
        const usage_daily = ['account_id,day,sessions', ...rows].join('\n');
        const row = (await only({ usage_daily })) as unknown as Record<string, number>;
        const between = (from: number, to: number) =>
          days
            .filter(({ ago }) => ago >= from && ago <= to)
            .reduce((sum, { sessions }) => sum + sessions, 0);
        for (let week = 1; week <= 12; week += 1) {
          expect(row[`sessionsWeek${week}`], `week ${week}`).toBe(between(week * 7 - 6, week * 7));
        }
        const active = days.filter(({ ago, sessions }) => ago >= 1 && ago <= 28 && sessions > 0);
        expect(row.activeDays28d).toBe(active.length);
      }),
      { numRuns: 25 },
    );
  });
});

test('while the last days are yet to come in, windows end on the last day there is', async () => {
  const usage = (last: string, first: string) =>
    only({ usage_daily: `account_id,day,sessions\nA-1,${last},7\nA-1,${first},5` });
  expect(await usage('2026-11-21', '2026-11-14')).toMatchObject({
    sessionsWeek1: 7,
    sessionsWeek2: 5,
  });
  expect(await usage('2026-11-19', '2026-11-12')).toMatchObject({
    sessionsWeek1: 7,
    sessionsWeek2: 5,
  });
});

test('values that are not there are told from days without use', async () => {
  const rows =
    'account_id,day,sessions,active_users,features_used\nA-1,2026-11-21,,,\nA-1,2026-11-20,,,';
  expect(await only({ usage_daily: rows })).toMatchObject({
    usageRows28d: 2,
    sessionsKnown28d: 0,
    featuresKnown28d: 0,
    activeUsersPeak28d: null,
  });
});

describe('tickets and answers count as they stood on the day', () => {
  const TICKETS =
    'ticket_id,account_id,opened_at,closed_at,severity,first_response_at,response_due_at,csat';
  test.each<[string, string, Partial<AccountRow>]>([
    [
      'open',
      'T-1,A-1,2026-11-20 09:00:00,,critical,,,',
      { severeTicketsOpen: 1, oldestCriticalOpenedOn: toDay('2026-11-20') },
    ],
    [
      'closed later',
      'T-1,A-1,2026-11-20 09:00:00,2026-11-22 00:00:00,high,,,',
      { severeTicketsOpen: 1 },
    ],
    [
      'closed',
      'T-1,A-1,2026-11-20 09:00:00,2026-11-21 23:59:59,high,,,4',
      { severeTicketsOpen: 0, ticketCsat90d: 4 },
    ],
    ['minor', 'T-1,A-1,2026-11-20 09:00:00,,low,,,', { severeTicketsOpen: 0, ticketsOpened28d: 1 }],
    [
      '28 days old',
      'T-1,A-1,2026-10-25 00:00:00,,low,,,',
      { ticketsOpened28d: 1, ticketsOpenedPrior84d: 0 },
    ],
    [
      '29 days old',
      'T-1,A-1,2026-10-24 23:00:00,,low,,,',
      { ticketsOpened28d: 0, ticketsOpenedPrior84d: 1 },
    ],
    [
      'answered in time',
      'T-1,A-1,2026-11-20 09:00:00,,low,2026-11-20 10:00:00,2026-11-20 10:00:00,',
      { responsesDue90d: 1, responsesMet90d: 1 },
    ],
    [
      'never answered',
      'T-1,A-1,2026-11-20 09:00:00,,low,,2026-11-20 10:00:00,',
      { responsesDue90d: 1, responsesMet90d: 0 },
    ],
    [
      'not yet due',
      'T-1,A-1,2026-11-21 23:00:00,,low,,2026-11-22 03:00:00,',
      { responsesDue90d: 0 },
    ],
  ])('a ticket %s', async (_, row, expected) => {
    expect(await only({ support_tickets: `${TICKETS}\n${row}` })).toMatchObject(expected);
  });

  test('those that are escalated, while they are open', async () => {
    const rows = `ticket_id,account_id,opened_at,closed_at,escalated
T-1,A-1,2026-11-20 09:00:00,,true
T-2,A-1,2026-11-20 09:00:00,2026-11-22 00:00:00,yes
T-3,A-1,2026-11-20 09:00:00,2026-11-21 23:59:59,true
T-4,A-1,2026-11-20 09:00:00,,false
T-5,A-1,2026-11-20 09:00:00,,`;
    expect(await only({ support_tickets: rows })).toMatchObject({ escalationsOpen: 2 });
  });

  const ANSWERS = 'response_id,account_id,kind,score,responded_at,closed_loop_at';
  test.each<[string, string, Partial<AccountRow>]>([
    [
      'a promoter',
      'R-1,A-1,nps,9,2026-11-01 00:00:00,',
      { npsResponses180d: 1, npsPromoters180d: 1, npsDetractors180d: 0 },
    ],
    [
      'a passive',
      'R-1,A-1,nps,7,2026-11-01 00:00:00,',
      { npsResponses180d: 1, npsPromoters180d: 0, npsDetractors180d: 0 },
    ],
    [
      'an open detractor',
      'R-1,A-1,nps,6,2026-11-01 00:00:00,',
      { npsDetractors180d: 1, npsDetractorsOpen: 1 },
    ],
    [
      'one answered later',
      'R-1,A-1,nps,0,2026-11-01 00:00:00,2026-11-23 00:00:00',
      { npsDetractorsOpen: 1 },
    ],
    [
      'one answered',
      'R-1,A-1,nps,0,2026-11-01 00:00:00,2026-11-03 00:00:00',
      { npsDetractors180d: 1, npsDetractorsOpen: 0 },
    ],
    [
      'contentment',
      'R-1,A-1,csat,4,2026-11-01 00:00:00,\nR-2,A-1,csat,5,2026-11-02 00:00:00,',
      { csat180d: 4.5, npsResponses180d: 0 },
    ],
  ])('%s', async (_, row, expected) => {
    expect(await only({ survey_responses: `${ANSWERS}\n${row}` })).toMatchObject(expected);
  });

  test('what was recorded on the day or later is not known, whenever it happened', async () => {
    const tickets = `${TICKETS},recorded_at
T-1,A-1,2026-11-20 09:00:00,,high,,,,2026-11-21 23:59:59
T-2,A-1,2026-11-20 09:00:00,,high,,,,2026-11-22 00:00:00`;
    expect(await only({ support_tickets: tickets })).toMatchObject({ severeTicketsOpen: 1 });
  });
});
