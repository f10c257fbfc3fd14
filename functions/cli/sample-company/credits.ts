import { type AccountStory, strainOn } from './account-story.ts';
import type { Segment } from './company.ts';
import { addMonths, type DayNumber } from './day-number.ts';
import { linesToday } from './lines-today.ts';
import type { RandomStream } from './random-stream.ts';
import type { Cell } from './sample-table.ts';

type CreditRow = Readonly<
  Record<
    'account_id' | 'metric' | 'committed' | 'used' | 'period_start' | 'period_end' | 'counts',
    Cell
  >
>;

const creditChance: Readonly<Record<Segment, number>> = {
  Enterprise: 0.4,
  'Mid-market': 0.2,
  SMB: 0,
};

/** Of those with credits, so many use them up far before the year is over. */
const shockChance = 0.1;

/** Credits bought for a year at a time, which add up until it ends; nobody is above them yet. */
export function* creditsOf(story: AccountStory, seats: number): Iterable<CreditRow> {
  const { asOf, accountId, segment, script } = story;
  const random = story.random('credits');
  const hasCredits = random.chance(creditChance[segment]);
  const committed = Math.ceil(seats / 10) * random.pick([1_000, 2_000, 5_000]);
  const ahead = aheadShare(story, random);
  if (script ? script.creditsAhead === undefined : !hasCredits) return;

  const period = script ? { from: asOf - 200, to: asOf + 165 } : creditYear(story);
  const elapsed = (asOf - period.from) / (period.to - period.from);
  yield {
    account_id: accountId,
    metric: 'credits',
    committed,
    used: Math.round(committed * Math.min(0.97, ahead * elapsed)),
    period_start: period.from,
    period_end: period.to - 1,
    counts: 'period_total',
  };
}

/** Where the credits used will stand at the end of the year, against those bought. */
function aheadShare(story: AccountStory, random: RandomStream): number {
  const usual = random.quantile([0.25, 0.55, 0.75, 0.88, 0.98, 1.06]);
  const far = random.between(1.25, 1.9);
  const isFar = random.chance(shockChance);
  const strain = strainOn(story, story.asOf);
  return story.script?.creditsAhead ?? (isFar && strain < 0.5 ? far : usual * (1 - 0.6 * strain));
}

/** The year of the contract that runs today; an overdue renewal stays in its last one. */
function creditYear(story: AccountStory): { from: DayNumber; to: DayNumber } {
  const first = Math.min(...linesToday(story).map(({ start }) => start));
  let months = 0;
  while (addMonths(first, months + 12) <= story.asOf) months += 12;
  return { from: addMonths(first, months), to: addMonths(first, months + 12) };
}
