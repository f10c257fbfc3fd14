import type { AccountStory } from './account-story.ts';
import type { DayNumber } from './day-number.ts';

/** Seats held on a day; after the last contract those it ended with, as long as it is overdue. */
export const seatsOn = ({ lines }: AccountStory, day: DayNumber): number => {
  let live = 0;
  let ended = 0;
  let lastEnd = -1;
  for (const { start, end, seats } of lines) {
    if (start > day) continue;
    if (day < end) live += seats;
    if (end > lastEnd) [lastEnd, ended] = [end, 0];
    if (end === lastEnd) ended += seats;
  }
  return live || Math.max(1, ended);
};
