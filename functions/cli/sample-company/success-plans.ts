import { type AccountStory, daysUnderContract, type Spell, strainOn } from './account-story.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';
import { reviewsOf } from './talks.ts';

/** What a customer wants to have reached by when, and how far it has come. */
interface Objective {
  readonly objectiveId: string;
  readonly outcome: string;
  readonly unit: string;
  readonly target: number;
  readonly actual: number | null;
  readonly dueOn: DayNumber;
  readonly status: 'open' | 'met' | 'missed' | 'dropped';
  readonly reviewedOn: DayNumber | null;
}

/** The objectives agreed with customers, with what has been measured of them. */
export const successPlans = sampleTable({
  name: 'success_plans',
  columns: {
    objective_id: 'VARCHAR',
    account_id: 'VARCHAR',
    outcome: 'VARCHAR',
    target: 'DOUBLE',
    actual: 'DOUBLE',
    unit: 'VARCHAR',
    due_on: 'DATE',
    status: 'VARCHAR',
    reviewed_on: 'DATE',
  },

  *rows(story, window) {
    for (const objective of objectivesOf(story, window.from)) {
      yield {
        objective_id: objective.objectiveId,
        account_id: story.accountId,
        outcome: objective.outcome,
        target: objective.target,
        actual: objective.actual,
        unit: objective.unit,
        due_on: objective.dueOn,
        status: objective.status,
        reviewed_on: objective.reviewedOn,
      };
    }
  },
});

/** The current plan of an account, or the last one of a former customer; often there is none. */
export const objectivesOf = (story: AccountStory, since: DayNumber): Objective[] => {
  const random = story.random('success plans');
  const spell = daysUnderContract(story).at(-1);
  const [chance, least, most] = habits(story);
  if (!spell || !(random.chance(chance) || story.script)) return [];
  const reviewedOn = lastReview(story, spell, since, random);
  const reached = reachedShare(story, spell.to, random);
  const start = random.whole(0, outcomes.length - 1);
  const count = random.whole(least, most);
  return Array.from({ length: count }, (_, place) => {
    const [outcome, unit, targets] = outcomes[(start + 3 * place) % outcomes.length] as Outcome;
    // The first falls due first; a young customer's plan lies ahead as a whole.
    const ahead = place === 0 ? -random.whole(12, 95) : random.whole(-60, 230);
    const plan = { outcome, unit, target: Math.round(random.between(...targets)) };
    const dueOn = Math.max(spell.to + ahead, spell.from + 90 + 30 * place);
    const progress = progressOf(story, spell, { dueOn, reached, ...plan }, random);
    const objectiveId = `obj-${story.accountId.slice(4)}-${place + 1}`;
    return { objectiveId, ...plan, dueOn, ...progress, reviewedOn };
  });
};

type Outcome = readonly [outcome: string, unit: string, targets: readonly [number, number]];

const outcomes: readonly Outcome[] = [
  ['Hours of reporting saved a week', 'hours', [15, 120]],
  ['Teams that plan in one place', 'teams', [4, 30]],
  ['Orders handled without a spreadsheet', '%', [60, 95]],
  ['Month-end closed earlier', 'days', [2, 6]],
  ['Errors in customer data removed', '%', [30, 60]],
  ['Requests answered by self-service', '%', [35, 70]],
  ['Forecasts within five per cent', '%', [60, 85]],
  ['Sites connected to live data', 'sites', [5, 60]],
];

/** The chance of a plan, and how many objectives it has. */
function habits({ segment, motion }: AccountStory): [chance: number, least: number, most: number] {
  if (segment === 'Enterprise') return [0.97, 3, 5];
  if (segment === 'Mid-market') return [motion === 'high-touch' ? 0.95 : 0.86, 2, 3];
  return [motion === 'pooled' ? 0.09 : 0, 1, 2];
}

/** At a value review, or between two; the more strain, the longer ago. */
function lastReview(
  story: AccountStory,
  { from, to }: Spell,
  since: DayNumber,
  random: RandomStream,
): DayNumber | null {
  const strain = strainOn(story, to);
  const reviews = reviewsOf(story, since).map(({ day }) => day);
  const between = to - random.whole(6, 60) - Math.round(strain * random.whole(40, 170));
  const last = Math.max(between, ...(strain < 0.5 ? reviews : []));
  return last > from + 20 ? last : null;
}

/** What of the targets has been reached: by the strain, which is what outcomes missed do. */
function reachedShare(story: AccountStory, on: DayNumber, random: RandomStream): number {
  const strain = strainOn(story, on);
  const drawn = random.between(1 - 0.8 * strain, 1.22 - 0.7 * strain);
  return story.script?.outcomesReached ?? drawn;
}

function progressOf(
  story: AccountStory,
  { from, to }: Spell,
  { dueOn, reached, target }: { dueOn: DayNumber; reached: number; target: number },
  random: RandomStream,
): Pick<Objective, 'actual' | 'status'> {
  const isDue = dueOn < to;
  const share = reached * random.between(0.92, 1.08) * (isDue ? 1 : random.between(0.75, 1));
  const forgotten = random.chance(0.06 + 0.2 * strainOn(story, to)) && !story.script;
  const [dropped, untold] = [random.chance(0.03), random.chance(0.15)];
  const isMeasured = !forgotten && to - from > 45;
  const actual = isMeasured ? Math.round(10 * target * share) / 10 : null;
  if (dropped && !story.script) return { actual, status: 'dropped' };
  if (actual !== null && actual >= target) return { actual, status: 'met' };
  // Some plans are not brought up to date when their day has passed.
  return { actual, status: isDue && !untold ? 'missed' : 'open' };
}
