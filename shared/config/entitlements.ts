import { z } from 'zod';
import { days } from './risk-fields.ts';

const ratio = (value: number, meaning: string) =>
  z.number().min(0).max(100).default(value).describe(meaning);

/** When a commitment is too small, too large, or about to be exceeded; docs/renewals.md tells more. */
export const entitlementField = z
  .strictObject({
    saturated_at: ratio(0.9, 'Use ÷ commitment from which on it is as good as used up.'),
    shock_at: ratio(1.1, 'Projected use ÷ commitment from which on the bill will be a shock.'),
    idle_at: ratio(0.3, 'Use ÷ commitment up to which most of it lies idle.'),
    warn_days: days(60, 'Bill shock is told so many days before the commitment is used up.'),
    fewest_days: days(14, 'A pace is taken over so many days or more.', { least: 1 }),
  })
  .refine(({ idle_at, saturated_at }) => idle_at < saturated_at, {
    path: ['idle_at'],
    message: 'expected less than saturated_at',
  })
  .refine(({ shock_at }) => shock_at > 1, {
    path: ['shock_at'],
    message: 'expected more than 1: up to there nothing is billed on top',
  })
  .prefault({});

export type EntitlementPolicy = z.output<typeof entitlementField>;
