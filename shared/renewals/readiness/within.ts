import { type Day, daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { done, missing, type Readiness } from './item.ts';

interface Event {
  /** In words, such as "pricing review". */
  readonly what: string;
  readonly on: Day;
  readonly asOf: Day;
  readonly withinDays: number;
}

/** What was done once counts for a while: last year's talk prepares no renewal of this year. */
export const doneWithin = ({ what, on, asOf, withinDays }: Event): Readiness => {
  const ago = `last ${what} ${plural(daysBetween(on, asOf), 'day')} ago, on ${on}`;
  return daysBetween(on, asOf) <= withinDays
    ? done(ago)
    : missing(`${ago}; it counts for ${plural(withinDays, 'day')}`);
};
