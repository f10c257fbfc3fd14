import { z } from 'zod';

/** Every switch of the revenue figures; docs/revenue.md tells what each does to the same data. */
export const revenueField = z
  .strictObject({
    rollup: z
      .enum(['ultimate_parent', 'account'])
      .default('ultimate_parent')
      .describe('What a customer is: a group of accounts under one parent, or each account.'),
  })
  .prefault({});

export const carrField = z
  .strictObject({
    subtract_known_churn: z
      .boolean()
      .default(true)
      .describe('CARR leaves out what is known to end, besides adding what is signed.'),
  })
  .prefault({});

export const churnField = z
  .strictObject({
    recognition: z
      .enum(['effective', 'notice'])
      .default('effective')
      .describe('Churn counts on the day a cancellation takes effect, or the day it is recorded.'),
    grace_days: z
      .number()
      .int()
      .min(0)
      .max(365)
      .default(0)
      .describe('A gap of at most so many days between two contracts is no churn.'),
  })
  .prefault({});

export const renewalField = z
  .strictObject({
    late_grace_days: z
      .number()
      .int()
      .min(0)
      .max(365)
      .default(30)
      .describe('Days after its end that a contract without a renewal still counts, as pending.'),
  })
  .prefault({});

export const reactivationField = z
  .strictObject({
    window_days: z
      .number()
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('Days after which one who comes back counts as new; null: never.'),
    in_nrr: z.boolean().default(false).describe('Adds reactivation to NRR by the monthly methods.'),
  })
  .prefault({});

export const expansionField = z
  .strictObject({
    include_escalators: z
      .boolean()
      .default(false)
      .describe('Counts contractual uplift as expansion instead of on a line of its own.'),
  })
  .prefault({});

export const retentionMethods = ['point_to_point', 'monthly_compound', 'waterfall'] as const;
export type RetentionMethod = (typeof retentionMethods)[number];

export const retentionField = z
  .strictObject({
    method: z
      .enum(retentionMethods)
      .default('point_to_point')
      .describe('The method whose figures are shown first; all three are published.'),
    attribute_at: z
      .enum(['closing', 'opening'])
      .default('closing')
      .describe('A cut takes the segment a customer had at the closing, or at the opening.'),
    smallest_cohort: z
      .number()
      .int()
      .min(1)
      .default(5)
      .describe('A survival curve is hidden where fewer customers than this were at risk.'),
  })
  .prefault({});

export const queuesField = z
  .strictObject({
    size: z.number().int().min(1).max(200).default(15).describe('Most customers in a queue.'),
  })
  .prefault({});
