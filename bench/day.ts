import { toDay } from '../shared/basics/day.ts';
import type { Clock } from '../shared/ports/clock.ts';

/** The day every company here is looked at, and the earlier days that it has a history of. */
export const AS_OF = toDay('2026-11-22');
export const PAST_DAYS = [toDay('2026-10-25'), toDay('2026-11-21')];

/** The companies live on their own day, whatever day it is here. */
export const clockOfTheCompany: Clock = {
  now: () => new Date(`${AS_OF}T12:00:00Z`),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
