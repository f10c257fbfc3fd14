import { type AccountStory, daysUnderContract, strainOn } from './account-story.ts';
import type { DayNumber } from './day-number.ts';
import { sampleTable } from './sample-table.ts';

const courses = {
  admin: ['Administrator essentials', 'Security and permissions', 'Data sync in depth'],
  user: ['Getting started', 'Building dashboards', 'Automations', 'What is new'],
} as const;

/** Courses that people of a customer completed; the small ones teach themselves, or do not. */
export const enablement = sampleTable({
  name: 'enablement',
  columns: {
    account_id: 'VARCHAR',
    course: 'VARCHAR',
    completed_on: 'DATE',
    role: 'VARCHAR',
  },

  *rows(story, window) {
    const random = story.random('enablement');
    const perYear = random.quantile(completionsPerYear(story));
    const keenness = story.life.character === 'growing' ? 1.3 : 1;
    for (const { from, to } of daysUnderContract(story)) {
      // Never two on one day, so that each has a key of its own.
      let day: DayNumber = Math.max(from + 4, window.from);
      for (;;) {
        const young = day - from < 75 ? 2.5 : 1;
        const pace = (perYear * keenness * young * (1 - 0.75 * strainOn(story, day))) / 365;
        day += 1 + Math.round(random.quantile([0.1, 0.5, 1, 1.5, 1.9]) / pace);
        if (day >= to) break;
        const role = random.chance(0.32) ? 'admin' : 'user';
        const course = random.pick(courses[role]);
        yield { account_id: story.accountId, course, completed_on: day, role };
      }
    }
  },
});

function completionsPerYear({ segment, motion }: AccountStory): readonly number[] {
  if (segment === 'Enterprise') return [5, 9, 14, 22];
  if (segment === 'Mid-market') return motion === 'high-touch' ? [2, 5, 10] : [1, 3, 6];
  return motion === 'pooled' ? [0.2, 0.8, 1.5, 3] : [0.05, 0.3, 0.8, 2];
}
