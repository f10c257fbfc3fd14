import type { Day } from '../basics/day.ts';
import type { WeeklyFigures } from '../reports/weekly/figures.ts';
import { fullDay } from '../reports/words/days.ts';
import { type WeeklyDays, weeklySources } from './weekly-days.ts';

/** What is old or missing is said first; what is broken is said of each source, with its reason. */
export const weeklyCaveats = (
  days: WeeklyDays,
  asOf: Day,
): Pick<WeeklyFigures, 'warnings' | 'exclusions' | 'definitionsIds'> => {
  const named = [
    { what: 'health', day: days.health },
    { what: 'revenue', day: days.revenue },
    { what: 'the forecast of renewals', day: days.renewals },
  ];
  const warnings = named.flatMap(({ what, day }) => {
    if (day !== null) return day.asOf === asOf ? [] : [`${what} is of ${fullDay(day.asOf)}`];
    const isNamed = days.leftOut.some((words) => words.startsWith(what));
    return isNamed ? [] : [`${what} has not been published for a week and is left out`];
  });
  const { sources } = weeklySources(days);
  const faulty = sources
    .filter(({ status }) => status === 'stale' || status === 'broken')
    .map(({ reason }) => reason);
  const absent = sources.filter(({ status }) => status === 'absent').map(({ id }) => id);
  return {
    warnings: [...days.leftOut, ...warnings, ...faulty],
    exclusions: [...faulty, ...(absent.length === 0 ? [] : [`not mapped: ${absent.join(', ')}`])],
    definitionsIds: named.flatMap(({ day }) =>
      day === null ? [] : [`${day.manifest.definitions.id}-${day.manifest.definitions.hash}`],
    ),
  };
};
