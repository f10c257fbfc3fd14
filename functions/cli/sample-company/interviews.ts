import { daysUnderContract } from './account-story.ts';
import { reasonToLeave } from './reasons.ts';
import { sampleTable } from './sample-table.ts';

/** Talks with customers who left, about why; held with one in three of those who were worth it. */
export const interviews = sampleTable({
  name: 'interviews',
  columns: { account_id: 'VARCHAR', held_on: 'DATE', reason: 'VARCHAR' },

  *rows(story, window) {
    const left = daysUnderContract(story).at(-1)?.to;
    if (story.life.course !== 'churned' || left === undefined) return;
    const random = story.random('interviews');
    const heldOn = left + random.whole(8, 45);
    const isHeld = random.chance(story.motion === 'self-serve' ? 0.08 : 0.42);
    if (!isHeld || heldOn >= story.asOf || heldOn < window.from) return;
    const reason = reasonToLeave(story, random);
    yield { account_id: story.accountId, held_on: heldOn, reason };
  },
});
