import { type AccountStory, daysUnderContract, strainOn } from './account-story.ts';
import { type DayNumber, secondsPerDay } from './day-number.ts';
import { sampleTable } from './sample-table.ts';
import { silentSource } from './stories.ts';

/** Customers who speak for the company. Its feed has stopped: nothing of the last weeks is here. */
export const advocacy = sampleTable({
  name: silentSource.name,
  columns: { account_id: 'VARCHAR', kind: 'VARCHAR', at: 'DATE', recorded_at: 'TIMESTAMP' },

  *rows(story, window) {
    const random = story.random('advocacy');
    const { asOf, life, script, segment } = story;
    const lastDay = asOf - silentSource.daysAgo;
    const isKeen = life.character === 'growing' || life.character === 'steady';
    const chance = (isKeen ? 0.3 : 0.08) * (segment === 'SMB' ? 0.3 : 1);
    for (let year = 1; year >= 0; year -= 1) {
      const at = lastDay - 365 * year - random.whole(1, 365);
      const kind = random.weighted({
        reference: 45,
        community: 30,
        case_study: 15,
        advisory_board: 10,
      });
      const speaks = random.chance(chance * (1 - strainOn(story, at)));
      const known = daysUnderContract(story).some(({ from, to }) => from + 120 < at && at < to);
      if (speaks && known && at >= window.from) yield event(story, kind, at);
    }
    if (script?.spokeForUsDaysAgo === undefined) return;
    yield event(story, 'case_study', asOf - script.spokeForUsDaysAgo);
  },
});

/** Loaded in the night after; such events are rare, so only the load says how fresh the feed is. */
const event = ({ accountId }: AccountStory, kind: string, at: DayNumber) => ({
  account_id: accountId,
  kind,
  at,
  recorded_at: (at + 1) * secondsPerDay + 7_200,
});
