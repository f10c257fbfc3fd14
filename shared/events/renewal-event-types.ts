import { z } from 'zod';
import { cents, count, day, eventType, number, oneOf, shared, text } from './event-fields.ts';

const { accountId, segment, currency, ownerEmail } = shared;

const renewalId = text('Stays the same when the date of the renewal moves.');
const dueCents = cents('ARR that is up for renewal');
const categories = ['won', 'commit', 'best_case', 'at_risk', 'lost'] as const;
const quarter = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/)
  .describe('Calendar quarter, such as 2026-Q4.');

/** What track-renewals tells of a renewal, or of the forecast. */
export const renewalEventTypes = {
  RenewalMilestoneReached: eventType({
    when: 'So many days are left before a renewal must be decided: 120, 90, 60, 30.',
    isOnce: true,
    data: z.strictObject({
      renewalId,
      contractId: text('The contract that ends.'),
      accountId,
      milestoneDays: count('Days before the decision that this milestone stands for.'),
      milestoneOn: day('Day of the milestone.'),
      decisionOn: day('Last day on which it can be decided, notice included.'),
      termEnd: day('First day after the term.'),
      arrCents: dueCents,
      ...{ currency, segment, ownerEmail },
      readinessScore: number('Readiness from 0 to 100; null when it is not known.').nullable(),
      isLate: z.boolean().describe('The milestone lay before the day of the run that found it.'),
    }),
  }),

  RenewalAtRisk: eventType({
    when: 'The forecast of an open renewal has come into at_risk.',
    data: z.strictObject({
      ...{ renewalId, accountId },
      from: oneOf(categories, 'Category at the last run; null when it was not there.').nullable(),
      category: oneOf(categories, 'Category now.'),
      probability: z.number().min(0).max(1).describe('Chance that it renews, 0 to 1.'),
      because: text('What speaks against it.'),
      arrCents: dueCents,
      currency,
      dueOn: day('Day on which it is due.'),
      ...{ segment, ownerEmail },
    }),
  }),

  ForecastChanged: eventType({
    when: 'What a quarter is expected to bring has changed by renewals.forecast.change_at or more since the last run.',
    data: z.strictObject({
      quarter,
      expectedCents: cents('What is expected now'),
      lastExpectedCents: cents('What was expected then'),
      changeCents: cents('The difference; the parts below add up to it'),
      since: day('Day of the earlier forecast.'),
      currency,
      newCents: cents('Renewals that the earlier forecast did not have'),
      wonCents: cents('Renewed since: what stays less what was expected'),
      lostCents: cents('Lost since; zero or negative'),
      movedInCents: cents('Renewals whose date has moved into the quarter'),
      movedOutCents: cents('Renewals whose date has moved out of it'),
      upCents: cents('Renewals of which more is expected now'),
      downCents: cents('Renewals of which less is expected now'),
      goneCents: cents('No longer in the warehouse, or amended away'),
    }),
  }),
};
