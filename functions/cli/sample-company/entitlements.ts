import { type AccountStory, spellToday, strainOn } from './account-story.ts';
import { creditsOf } from './credits.ts';
import { linesToday } from './lines-today.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';
import { useRatioOf } from './usage-levels.ts';

/** What a customer has bought the right to use, and how much of it is taken up. */
export const entitlements = sampleTable({
  name: 'entitlements',
  columns: {
    account_id: 'VARCHAR',
    metric: 'VARCHAR',
    committed: 'DOUBLE',
    used: 'DOUBLE',
    period_start: 'DATE',
    period_end: 'DATE',
    counts: 'VARCHAR',
  },

  *rows(story) {
    if (!spellToday(story)) return;
    const random = story.random('entitlements');
    const lines = linesToday(story);
    const seats = lines.reduce((sum, line) => sum + line.seats, 0);
    const periodEnd = Math.max(...lines.map(({ end }) => end));
    const level = { period_start: null, period_end: periodEnd, counts: 'level' };
    const row = { account_id: story.accountId, ...level };
    if (random.chance(apiChance[story.segment])) {
      const committed = Math.ceil(seats / 10) * random.pick([5_000, 10_000, 20_000]);
      const used = Math.round(committed * callsShare(story, random));
      yield { ...row, metric: 'api_calls_per_month', committed, used };
    }
    yield* creditsOf(story, seats);
    const used = Math.max(1, Math.floor(seats * seatsShare(story, random)));
    yield { ...row, metric: 'seats', committed: seats, used };
  },
});

const apiChance = { Enterprise: 0.75, 'Mid-market': 0.4, SMB: 0.06 } as const;

/** Some more than are at work hold a seat, few more than were bought; who falls gives few back. */
function seatsShare(story: AccountStory, random: RandomStream): number {
  const atWork = useRatioOf(story) * (1 - 0.4 * strainOn(story, story.asOf));
  const given = atWork + random.between(0.04, 0.16);
  const [over, tidied] = [random.between(1.01, 1.08), random.between(0.9, 0.99)];
  const isOver = random.chance(0.12);
  if (story.script?.seatsAssigned !== undefined) return story.script.seatsAssigned;
  if (given <= 0.95) return given;
  return isOver ? over : Math.min(1, Math.max(atWork, tidied));
}

function callsShare(story: AccountStory, random: RandomStream): number {
  const strain = strainOn(story, story.asOf);
  const share = random.between(0.5, 0.98) * (1 - 0.5 * strain);
  const over = random.between(1.05, 1.4);
  return random.chance(0.07) && strain < 0.5 && !story.script ? over : share;
}
