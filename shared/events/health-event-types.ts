import { z } from 'zod';
import { cents, day, eventType, number, oneOf, shared, text } from './event-fields.ts';

const { accountId, segment, arrCents, currency, ownerEmail, heldBecause } = shared;

export const bandWords = ['green', 'yellow', 'red', 'unscored'] as const;

const band = (meaning: string) => oneOf(bandWords, meaning);

const flag = text('Id of the flag; docs/risk.md has a paragraph on each.');
const severity = oneOf(['critical', 'high', 'medium', 'low'], 'How bad it is.');
const evidence = text('The figures or the words that raised it.');

const troubled = z.strictObject({
  ...{ accountId, severity, evidence, arrCents, currency, ownerEmail, heldBecause },
});

/** What score-accounts tells of an account. Compared with the last run, so never by the first. */
export const healthEventTypes = {
  HealthBandChanged: eventType({
    when: 'The band of an account is another one than at the last run.',
    data: z.strictObject({
      ...{ accountId, segment },
      from: band('Band at the last run; that of an override where there was one.'),
      to: band('Band now.'),
      score: number('Health from 0 to 100; null when unscored.').nullable(),
      ...{ arrCents, currency, ownerEmail, heldBecause },
    }),
  }),

  ChurnRiskFlagged: eventType({
    when: 'A flag has been raised that was not open at the last run.',
    data: z.strictObject({
      ...{ accountId, segment, flag },
      category: oneOf(
        [
          'value_gap',
          'champion_turnover',
          'product_issue',
          'budget_pressure',
          'compliance_security',
        ],
        'What kind of trouble it is.',
      ),
      severity,
      state: oneOf(['new', 'reopened'], 'Reopened: it had been open before and had cleared.'),
      evidence,
      play: text('Id of the play that answers it; null where the config has none.').nullable(),
      dueOn: day('When the play is to be done; null without one.').nullable(),
      quietBecause: text(
        'Why its owner need not be told, such as a play under way; null when they should be.',
      ).nullable(),
      ...{ arrCents, currency, ownerEmail, heldBecause },
    }),
  }),

  ChurnRiskCleared: eventType({
    when: 'A flag that was open at the last run holds no longer, or its account is gone.',
    data: z.strictObject({
      ...{ accountId, flag },
      raisedOn: day('Day on which it was raised.'),
      because: text('Why it cleared.'),
    }),
  }),

  OnboardingStalled: eventType({
    when: 'Beside ChurnRiskFlagged, when the flag is onboarding_stalled.',
    data: troubled,
  }),

  SponsorLeft: eventType({
    when: 'Beside ChurnRiskFlagged, when the flag is sponsor_gone.',
    data: troubled,
  }),
};

const bandPart = (title: string) =>
  z
    .strictObject({
      customers: z.int().min(0).describe('Accounts with a live contract.'),
      arrCents: cents('Their ARR'),
    })
    .describe(title);

/** Customers by band, as a run that has scored them tells it. */
export const bandParts = z
  .strictObject({
    green: bandPart('Healthy.'),
    yellow: bandPart('To be watched.'),
    red: bandPart('In trouble.'),
    unscored: bandPart('Too little is known of them.'),
  })
  .describe('Customers and their ARR by band.');
