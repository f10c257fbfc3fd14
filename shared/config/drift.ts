import { z } from 'zod';

const share = z.number().min(0).max(1).nullable();

/** When a run has moved so much that its alerts are more likely wrong than right. */
export const driftGuardField = z
  .strictObject({
    band_change_share: share
      .default(0.15)
      .describe(
        'Share of accounts changing band in one run above which alerts are held; null: never.',
      ),
    fewest_accounts: z
      .number()
      .int()
      .min(1)
      .default(50)
      .describe('Accounts scored in both runs below which the guard does not judge.'),
    psi: z
      .number()
      .min(0)
      .nullable()
      .default(0.25)
      .describe(
        'Population stability index of a measure against the last run above which alerts are held; null: never.',
      ),
  })
  .prefault({})
  .describe('Holds alerts when a run has changed too much at once to be true.');

export type DriftGuard = z.output<typeof driftGuardField>;
