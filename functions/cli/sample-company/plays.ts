import type { CharacterName } from './account-character.ts';
import { type AccountStory, daysUnderContract, type Spell, strainOn } from './account-story.ts';
import type { Segment } from './company.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';
import { objectivesOf } from './success-plans.ts';

/** What was done about accounts in trouble, and what came of it; for most nothing yet. */
export const plays = sampleTable({
  name: 'plays',
  columns: {
    play_id: 'VARCHAR',
    account_id: 'VARCHAR',
    driver: 'VARCHAR',
    play: 'VARCHAR',
    opened_on: 'DATE',
    due_on: 'DATE',
    closed_on: 'DATE',
    outcome: 'VARCHAR',
    owner_email: 'VARCHAR',
    concession: 'BOOLEAN',
    success_plan_id: 'VARCHAR',
  },

  *rows(story, window) {
    const random = story.random('plays');
    const plan = objectivesOf(story, window.from)[0]?.objectiveId ?? null;
    let number = 0;
    for (const { concedes = random.chance(0.09), ...play } of playsOf(story, random)) {
      number += 1;
      const isBacked = random.chance(0.7) && !story.script;
      yield {
        play_id: `pla-${story.accountId.slice(4)}-${number}`,
        account_id: story.accountId,
        driver: play.driver,
        play: actions[play.driver],
        opened_on: play.openedOn,
        due_on: play.openedOn + random.pick([21, 30, 30, 45, 60]),
        closed_on: play.closedOn,
        outcome: play.outcome,
        owner_email: story.team.ownerEmail,
        concession: concedes,
        success_plan_id: concedes && !isBacked ? null : plan,
      };
    }
  },
});

interface Play {
  readonly driver: Driver;
  readonly openedOn: DayNumber;
  readonly closedOn: DayNumber | null;
  readonly outcome: 'recovered' | 'unchanged' | 'lost' | null;
  readonly concedes?: boolean;
}

/** What is done about each driver; the drivers are risk flags. */
const actions = {
  usage_decline: 'Adoption sprint',
  usage_trap: 'Value workshop',
  outcome_missed: 'Success plan reset',
  onboarding_stalled: 'Onboarding rescue',
  silence: 'Executive outreach',
  champion_gone: 'New champion found and briefed',
  sponsor_gone: 'Sponsor re-engaged',
  support_rising: 'Support review',
  severe_ticket: 'Escalation bridge',
  detractor_open: 'Detractor call',
  billing_overdue: 'Payment plan',
  budget_signal: 'Commercial save',
  competitor: 'Competitive defence',
} as const;

type Driver = keyof typeof actions;

const everyday: readonly Driver[] = [
  'usage_decline',
  'detractor_open',
  'support_rising',
  'silence',
];

const driversOf: Readonly<Partial<Record<CharacterName, readonly Driver[]>>> = {
  coasting: ['usage_decline', 'outcome_missed', 'budget_signal'],
  wobbling: ['usage_decline', 'silence'],
  stalled: ['onboarding_stalled', 'outcome_missed'],
  fading: ['usage_decline', 'silence', 'competitor', 'outcome_missed'],
  'champion-left': ['champion_gone', 'silence', 'sponsor_gone'],
  'support-trouble': ['severe_ticket', 'support_rising', 'detractor_open'],
  'budget-cut': ['billing_overdue', 'budget_signal'],
};

/** How often something is done, by what a customer is worth: the rest is left to the desk. */
const attention: Readonly<Record<Segment, Readonly<Record<'past' | 'open' | 'lost', number>>>> = {
  Enterprise: { past: 0.5, open: 0.5, lost: 0.85 },
  'Mid-market': { past: 0.28, open: 0.36, lost: 0.55 },
  SMB: { past: 0.04, open: 0.08, lost: 0.06 },
};

function* playsOf(story: AccountStory, random: RandomStream): Iterable<Play> {
  const { asOf, life, script, segment } = story;
  const spell = daysUnderContract(story).at(-1);
  if (!spell || story.motion === 'self-serve') return;
  const drivers = driversOf[life.character] ?? everyday;
  const openedOn = asOf - random.whole(90, 540);
  const isPast = openedOn > spell.from + 40 && openedOn + 75 < spell.to;
  if (random.chance(attention[segment].past) && isPast && !script) {
    const outcome = random.chance(0.72) ? 'recovered' : 'unchanged';
    const driver = random.pick(everyday);
    yield { driver, openedOn, closedOn: openedOn + random.whole(18, 70), outcome };
  }
  if (script?.concessionDaysAgo !== undefined) {
    const given = asOf - script.concessionDaysAgo;
    const closing = { closedOn: given + 21, outcome: 'recovered', concedes: true } as const;
    yield { driver: 'budget_signal', openedOn: given, ...closing };
  } else if (!script) {
    yield* currentPlay(story, spell, random.pick(drivers), random);
  }
}

/** Still open; of a former customer the last one, which was lost. */
function* currentPlay(
  story: AccountStory,
  { from, to }: Spell,
  driver: Driver,
  random: RandomStream,
): Iterable<Play> {
  const { asOf, life, segment } = story;
  const isOver = life.course === 'churned';
  const isTroubled = strainOn(story, to) > 0.38;
  if (!isTroubled || !random.chance(attention[segment][isOver ? 'lost' : 'open'])) return;
  const openedOn = to - (isOver ? random.whole(35, 110) : random.whole(3, 58));
  const closedOn = isOver ? Math.min(asOf - 1, to + random.whole(0, 6)) : null;
  if (openedOn > from) yield { driver, openedOn, closedOn, outcome: isOver ? 'lost' : null };
}
