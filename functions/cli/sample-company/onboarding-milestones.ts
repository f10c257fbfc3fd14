import { type AccountStory, daysUnderContract, type Spell } from './account-story.ts';
import type { Segment } from './company.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';

interface Milestone {
  readonly milestone: string;
  readonly dueAfter: number;
}

/** Days after the start by which a mid-market customer should be so far. */
const milestones: readonly Milestone[] = [
  { milestone: 'Kick-off held', dueAfter: 7 },
  { milestone: 'Admins trained', dueAfter: 18 },
  { milestone: 'Single sign-on live', dueAfter: 26 },
  { milestone: 'Data connected', dueAfter: 33 },
  { milestone: 'First team at work', dueAfter: 45 },
  { milestone: 'First value reached', dueAfter: 62 },
];

const shortened: readonly Milestone[] = [
  { milestone: 'Account set up', dueAfter: 3 },
  { milestone: 'Data connected', dueAfter: 14 },
  { milestone: 'First value reached', dueAfter: 30 },
];

const pace: Readonly<Record<Segment, number>> = { Enterprise: 1.4, 'Mid-market': 1, SMB: 0.8 };

/** How far a new customer has come, against the plan; of those who began before, nothing is kept. */
export const onboardingMilestones = sampleTable({
  name: 'onboarding_milestones',
  columns: {
    account_id: 'VARCHAR',
    milestone: 'VARCHAR',
    due_on: 'DATE',
    completed_on: 'DATE',
  },

  *rows(story, window) {
    const spell = daysUnderContract(story).at(-1);
    if (!spell || spell.from < window.from) return;
    const random = story.random('onboarding milestones');
    const plan = story.motion === 'self-serve' ? shortened : milestones;
    const course = courseOf(story, spell, random);
    let doneOn = spell.from;
    for (const [step, { milestone, dueAfter }] of plan.entries()) {
      const dueOn = spell.from + Math.round(dueAfter * pace[story.segment]);
      doneOn = Math.max(doneOn + 1, dueOn + Math.round(random.quantile(course.delays)));
      yield {
        account_id: story.accountId,
        milestone,
        due_on: dueOn,
        completed_on: step < course.steps && doneOn < spell.to ? doneOn : null,
      };
    }
  },
});

interface Course {
  /** Evenly spaced quantiles of the days a step is late. */
  readonly delays: readonly number[];
  /** The steps that will ever be taken. */
  readonly steps: number;
}

/** A stalled customer takes a step or two; who is still there after long has come through. */
function courseOf({ life }: AccountStory, { from, to }: Spell, random: RandomStream): Course {
  const stopsAfter = random.whole(1, 3);
  if (life.character === 'stalled') {
    const isYoung = to - from < 250;
    return { delays: [2, 8, 18, 40, 90], steps: isYoung ? stopsAfter : Number.POSITIVE_INFINITY };
  }
  const slow = life.character === 'coasting' || life.character === 'support-trouble';
  const delays = slow ? [-5, -1, 1, 8, 30] : [-14, -9, -6, -4, -2, -1, 0, 8];
  return { delays, steps: Number.POSITIVE_INFINITY };
}
