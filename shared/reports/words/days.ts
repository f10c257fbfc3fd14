import { type Day, daysBetween, dayToEpoch } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const WEEKDAYS = 'Thu Fri Sat Sun Mon Tue Wed'.split(' ');

/** Farther away than this a day without its year could be taken for another. */
const YEAR_IS_CLEAR = 300;

/** A day as people write it: 12 Jan, with the year where it could be another. */
export const shortDay = (day: Day, asOf: Day): string => {
  const text = `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
  const isClear = Math.abs(daysBetween(asOf, day)) <= YEAR_IS_CLEAR;
  return isClear ? text : `${text} ${day.slice(0, 4)}`;
};

/** The day a mail is of: Sun 22 Nov 2026. */
export const fullDay = (day: Day): string => {
  const weekday = WEEKDAYS[((dayToEpoch(day) % 7) + 7) % 7];
  return `${weekday} ${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
};

/** How far off it is: 39 days left, today, 3 days ago. */
export const daysLeft = (day: Day, asOf: Day): string => {
  const days = daysBetween(asOf, day);
  if (days === 0) return 'today';
  return days > 0 ? `${plural(days, 'day')} left` : `${plural(-days, 'day')} ago`;
};
