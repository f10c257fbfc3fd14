import { type AccountStory, strainOn } from './account-story.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';

interface Deal {
  readonly kind: 'renewal' | 'expansion';
  readonly amount: number | null;
  readonly close_on: DayNumber;
  readonly outcome: 'won' | 'lost' | null;
  readonly probability: number | null;
}

/** What becomes of a deal in the books of whoever keeps it. */
interface Care {
  readonly amount: number | null;
  readonly close_on: DayNumber;
  readonly stage_since: DayNumber;
  readonly next_step: string | null;
  readonly next_step_on: DayNumber | null;
  readonly forecast_category: Forecast | null;
}

type Forecast = 'commit' | 'best_case' | 'at_risk' | 'lost';

const hopes: readonly Forecast[] = ['lost', 'at_risk', 'best_case', 'commit'];

const nextSteps: Readonly<Record<Deal['kind'], readonly string[]>> = {
  renewal: [
    'Go through the outcomes with the sponsor',
    'Send the renewal quote',
    'Agree on the price',
    'Get the terms back from their lawyers',
    'Book the signature',
  ],
  expansion: [
    'Show the next team what the first one does',
    'Send the order form',
    'Make the business case with the champion',
    'Agree on the number of seats',
  ],
};

/** How well each deal is kept: most with care, some forgotten, a few wrong. */
export const careOf = (story: AccountStory, deal: Deal, random: RandomStream): Care => {
  const { asOf } = story;
  const { amount, close_on, outcome } = deal;
  const since = asOf - (random.chance(0.1) ? random.whole(61, 140) : random.whole(3, 45));
  const step = { text: random.pick(nextSteps[deal.kind]), inDays: random.whole(1, 21) };
  const [isPlanned, isLate] = [random.chance(0.9), random.chance(0.08)];
  const [isPast, pastDays] = [random.chance(0.06), random.whole(3, 30)];
  const [isOff, off] = [random.chance(0.06), random.pick([0.8, 0.9, 1.1, 1.15])];
  const hope = hopeOf(story, deal, random);
  if (outcome !== null) {
    const nothing = { next_step: null, next_step_on: null, forecast_category: null };
    return { amount, close_on, stage_since: close_on, ...nothing };
  }
  return {
    amount: isOff && amount !== null ? Math.round((amount * off) / 100) * 100 : amount,
    close_on: isPast ? asOf - pastDays : close_on,
    stage_since: since,
    next_step: isPlanned ? step.text : null,
    next_step_on: isPlanned ? asOf + (isLate ? -step.inDays : step.inDays) : null,
    forecast_category: hope,
  };
};

/** CSMs are mostly near the truth, and wrong rather for the better. */
function hopeOf(story: AccountStory, { probability }: Deal, random: RandomStream): Forecast {
  const strain = strainOn(story, story.asOf);
  const hopeful = random.chance(0.15) ? 1 : 0;
  const doubtful = random.chance(0.05) ? 1 : 0;
  // A tenth is what is left of a renewal under notice.
  const truth = probability === 0.1 ? 0 : strain > 0.6 ? 1 : strain > 0.25 ? 2 : 3;
  return hopes[Math.max(0, Math.min(3, truth + hopeful - doubtful))] as Forecast;
}
