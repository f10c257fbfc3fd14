import type { Segment } from './company.ts';

/** How an account is looked after: by a person, by a shared desk, or by itself. */
export type Motion = 'high-touch' | 'pooled' | 'self-serve';

/** The larger, the more of a person's time. */
export const motionOf = (segment: Segment, arrUsd: number): Motion => {
  if (segment === 'Enterprise') return 'high-touch';
  if (segment === 'Mid-market') return arrUsd >= 60_000 ? 'high-touch' : 'pooled';
  return arrUsd >= 8_000 ? 'pooled' : 'self-serve';
};
