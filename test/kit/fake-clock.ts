import type { Clock } from '../../shared/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Every pause asked for, in milliseconds. */
  readonly sleeps: number[];
}

/** Time that passes only by sleeping, and at once, so that patience costs a test nothing. */
export const fakeClock = (start = '2026-11-22T05:00:00Z'): FakeClock => {
  const sleeps: number[] = [];
  let now = Date.parse(start);
  return {
    sleeps,
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
};
