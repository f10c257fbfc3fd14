import type { Clock } from '../../../shared/ports/clock.ts';

export interface Backoff {
  readonly clock: Clock;
  /** A number in [0, 1), so that many waiting callers do not come back at the same moment. */
  readonly random: () => number;
}

const CALLS_AT_MOST = 6;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;

/** The SDK gives up after three quick calls; a busy account needs a longer, still bounded breath. */
export const withBackoff = async <T>(
  call: () => Promise<T>,
  worthAnother: (error: unknown) => boolean,
  { clock, random }: Backoff,
): Promise<T> => {
  for (let calls = 1; ; calls++) {
    try {
      return await call();
    } catch (error) {
      if (calls === CALLS_AT_MOST || !worthAnother(error)) throw error;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (calls - 1));
      await clock.sleep(jittered(pauseMs, random));
    }
  }
};

/** Spreads a pause by a fifth to either side. */
export const jittered = (pauseMs: number, random: () => number): number =>
  Math.round(pauseMs * (0.8 + 0.4 * random()));
