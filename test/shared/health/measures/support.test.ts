import { toDay } from '../../../../shared/basics/day.ts';
import { observed, unknown } from '../../../../shared/health/measure.ts';
import { judgeCases } from './judge-cases.ts';

judgeCases('support', [
  ['severe_tickets', 'none', {}, observed(0, 'no critical or high ticket open')],
  [
    'severe_tickets',
    'one',
    { severeTicketsOpen: 1 },
    observed(1, '1 critical or high ticket open'),
  ],
  [
    'severe_tickets',
    'an open ticket of unknown severity',
    { unratedTicketsOpen: 1 },
    unknown('1 open ticket without a severity'),
  ],
  [
    'severe_tickets',
    'severe ones count all the same',
    { severeTicketsOpen: 2, unratedTicketsOpen: 1 },
    observed(2, '2 critical or high tickets open'),
  ],
  [
    'support_trend',
    'a first ticket is no landslide',
    { ticketsOpened28d: 1, ticketsOpenedPrior84d: 0 },
    observed(2, '1 ticket in 28 days against 0.0 usual'),
  ],
  [
    'support_trend',
    'as usual',
    { ticketsOpened28d: 2, ticketsOpenedPrior84d: 6 },
    observed(1, '2 tickets in 28 days against 2.0 usual'),
  ],
  [
    'support_trend',
    'too new to have a usual month',
    { customerSince: toDay('2026-10-22') },
    unknown('customer for 31 days; the trend needs 112'),
  ],
  [
    'support_trend',
    'a feed too young by a day',
    {},
    unknown('support_tickets goes back 111 days; the trend needs 112'),
    toDay('2026-08-03'),
  ],
  [
    'support_trend',
    'a feed just old enough',
    { ticketsOpened28d: 2, ticketsOpenedPrior84d: 6 },
    observed(1, '2 tickets in 28 days against 2.0 usual'),
    toDay('2026-08-02'),
  ],
  [
    'first_response',
    'some late',
    { responsesDue90d: 4, responsesMet90d: 3 },
    observed(0.75, '3 of 4 first responses in time in 90 days'),
  ],
  [
    'first_response',
    'nothing due',
    { responsesDue90d: 0 },
    unknown('no ticket with a response due in 90 days'),
  ],
  [
    'ticket_csat',
    'rated',
    { ticketCsat90d: 3.5, ticketCsatCount90d: 2 },
    observed(3.5, '3.5 of 5 over 2 rated tickets in 90 days'),
  ],
  ['ticket_csat', 'not rated', { ticketCsat90d: null }, unknown('no rated ticket in 90 days')],
  ['escalations', 'none', {}, observed(0, 'no escalated ticket open')],
  ['escalations', 'two', { escalationsOpen: 2 }, observed(2, '2 escalated tickets open')],
]);
