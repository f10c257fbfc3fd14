import { spellToday, strainOn } from './account-story.ts';
import { evenly } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';

const overrideStep = 0x9e3779b9;
const overriddenShare = 0.01;

/** A handful of accounts whose owner knows better than the score, for a while and with a reason. */
export const overrides = sampleTable({
  name: 'overrides',
  columns: {
    account_id: 'VARCHAR',
    band: 'VARCHAR',
    owner_email: 'VARCHAR',
    reason: 'VARCHAR',
    expires_on: 'DATE',
  },

  *rows(story, { seed }) {
    const isChosen = evenly(seed, story.index, overrideStep) < overriddenShare;
    if (!isChosen || story.script || !spellToday(story)) return;
    const random = story.random('overrides');
    const isStrained = strainOn(story, story.asOf) > 0.4;
    const [band, reason] = random.pick(isStrained ? hopeful : doubtful);
    yield {
      account_id: story.accountId,
      band,
      owner_email: story.team.ownerEmail,
      reason,
      // Some have run out already, and nobody has taken them away.
      expires_on: story.asOf + random.whole(-30, 75),
    };
  },
});

type Opinion = readonly [band: string, reason: string];

const hopeful: readonly Opinion[] = [
  ['yellow', 'New champion named, first workshop held; the numbers will follow'],
  ['green', 'Usage moved to a second tenant that the feed does not see yet'],
];

const doubtful: readonly Opinion[] = [
  ['red', 'CFO told us they will cut half the seats at renewal'],
  ['yellow', 'Merger under way; the other side uses a competitor'],
];
