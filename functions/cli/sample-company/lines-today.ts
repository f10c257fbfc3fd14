import { type AccountStory, daysUnderContract } from './account-story.ts';
import { middleRateToUsd } from './company.ts';

type Books = Pick<AccountStory, 'asOf' | 'lines' | 'life' | 'currency'>;

/** The lines that run today; an overdue renewal keeps its own for now, a former customer has none. */
export const linesToday = (story: Books): AccountStory['lines'] => {
  const { asOf, lines } = story;
  const at = Math.min(asOf, daysUnderContract(story).at(-1)?.to ?? asOf);
  if (at < asOf) return [];
  const lastEnd = Math.max(...lines.filter(({ start }) => start < asOf).map(({ end }) => end));
  return lines.filter(({ start, end }) => start < asOf && (end > asOf || end === lastEnd));
};

/** ARR today, or on the last day of those who left. */
export const arrUsdToday = (story: Books): number => {
  const lines = linesToday(story);
  const last = lines.length > 0 ? lines : story.lines.slice(-1);
  const cents = last.reduce((sum, { arrCents }) => sum + arrCents, 0);
  return (cents / 100) * middleRateToUsd[story.currency];
};
