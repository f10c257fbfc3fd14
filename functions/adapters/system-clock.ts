import type { Clock } from '../../shared/ports/clock.ts';

/** The machine's own time, kept at the edge so that everything inside can be given another. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
