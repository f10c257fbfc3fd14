import { z } from 'zod';
import { cents, count, eventType, number, shared, text } from './event-fields.ts';
import { bandParts } from './health-event-types.ts';

const { currency, manifest, definitionsId } = shared;

const rate = (name: string) =>
  number(`${name} of the trailing twelve months; null where nothing was there to retain.`);

/** The last event of a run: its tables are published, and whoever waits for them may begin. */
export const runEventTypes = {
  AccountsScored: eventType({
    when: 'score-accounts has published a day.',
    data: z.strictObject({
      accounts: count('Accounts in the warehouse, customers or not.'),
      bands: bandParts,
      changedBand: count('Customers whose score came into another band since the last run.'),
      openFlags: count('Flags that are open.'),
      degraded: z.boolean().describe('An optional source was stale or broken and left out.'),
      alertsHeldBecause: text('Why alerts are held; null when they are not.').nullable(),
      ...{ currency, manifest },
    }),
  }),

  RevenueRolledUp: eventType({
    when: 'rollup-revenue has published a day.',
    data: z.strictObject({
      arrCents: cents('ARR on as_of'),
      nrr: rate('Net revenue retention').nullable(),
      grr: rate('Gross revenue retention').nullable(),
      currency,
      method: text('Method of the two rates; docs/revenue.md has the formulas.'),
      ...{ definitionsId, manifest },
    }),
  }),

  RenewalsTracked: eventType({
    when: 'track-renewals has published a day.',
    data: z.strictObject({
      renewals: count('Renewals that are tracked.'),
      openArrCents: cents('ARR of those that are undecided'),
      expectedCents: cents('What they and the won are expected to bring'),
      milestonesReached: count('Milestones told by this run.'),
      ...{ currency, definitionsId, manifest },
    }),
  }),

  WeekTold: eventType({
    when: 'weekly-summary has published a week.',
    data: z.strictObject({
      mailsPlanned: count('Mails that the run has planned.'),
      accountsOnPage: count('Accounts on the page.'),
      page: text('Where the page lies, under the results.'),
      manifest,
    }),
  }),
};
