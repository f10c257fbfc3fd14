import { addDays, type Day } from '../basics/day.ts';
import type { Stage } from '../config/model.ts';
import type { Config, Segment } from '../config/schema.ts';
import type { AccountRow } from '../features/account-row.ts';
import { segmentOf } from './segment.ts';

/** Where an account belongs: it decides the model it is scored by, and the cuts it is counted in. */
export interface Placement {
  readonly segment: Segment;
  /** An id of the config's motions. */
  readonly motion: string;
  readonly stage: Stage;
}

type PlacedBy = Pick<Config, 'segments' | 'motions' | 'model'>;

/** Places accounts as of one day; the borders of the stages are worked out once. */
export const placerFor = ({ segments, motions, model }: PlacedBy, asOf: Day) => {
  const onboardingAfter = addDays(asOf, -model.stages.onboarding_days);
  const renewingUntil = addDays(asOf, model.stages.renewing_days);
  const motionOf = new Map(motions.flatMap(({ id, values }) => values.map((value) => [value, id])));

  // A first contract of less than half a year is onboarded all the same before it is renewed.
  const stageOf = ({ customerSince, nextDecisionOn }: AccountRow): Stage => {
    if (customerSince !== null && customerSince > onboardingAfter) return 'onboarding';
    return nextDecisionOn !== null && nextDecisionOn <= renewingUntil ? 'renewing' : 'adopting';
  };

  return (account: AccountRow): Placement => {
    const segment = segmentOf(account, segments);
    const named = account.motionName === null ? undefined : motionOf.get(account.motionName);
    return { segment, motion: named ?? segment.motion, stage: stageOf(account) };
  };
};
