import { type AccountStory, daysUnderContract } from './account-story.ts';
import { middleRateToUsd } from './company.ts';
import { sampleTable } from './sample-table.ts';

/** Every company that ever signed, today's customers and former ones. */
export const accounts = sampleTable({
  name: 'accounts',
  columns: {
    account_id: 'VARCHAR',
    name: 'VARCHAR',
    parent_account_id: 'VARCHAR',
    segment: 'VARCHAR',
    region: 'VARCHAR',
    industry: 'VARCHAR',
    owner_email: 'VARCHAR',
    owner_name: 'VARCHAR',
    manager_email: 'VARCHAR',
    ae_email: 'VARCHAR',
    strategic: 'BOOLEAN',
    motion: 'VARCHAR',
    currency: 'VARCHAR',
    created_on: 'DATE',
    entitled_seats: 'BIGINT',
  },

  *rows(story) {
    const { team, segment } = story;
    const random = story.random('accounts');
    const arrUsd = liveArrUsd(story);
    const firstStart = story.lines[0]?.start ?? story.asOf;
    const motion = motionOf(story, arrUsd);
    // A desk that has just changed hands: nobody is named for a while.
    const owned = segment !== 'SMB' || !random.chance(0.02);

    yield {
      account_id: story.accountId,
      name: story.name,
      parent_account_id: story.parentAccountId,
      segment,
      region: story.region,
      industry: random.chance(0.03) ? null : story.industry,
      owner_email: owned ? team.ownerEmail : null,
      owner_name: owned ? team.ownerName : null,
      manager_email: team.managerEmail,
      ae_email: motion === 'self-serve' ? null : team.aeEmail,
      strategic: arrUsd >= 450_000,
      motion,
      currency: story.currency,
      // Known since the first talk, a month at least before the first contract.
      created_on: Math.min(story.asOf, firstStart) - random.whole(30, segment === 'SMB' ? 75 : 190),
      entitled_seats: seatsToday(story),
    };
  },
});

function motionOf({ segment }: AccountStory, arrUsd: number): string {
  if (segment === 'Enterprise') return 'high-touch';
  if (segment === 'Mid-market') return arrUsd >= 60_000 ? 'high-touch' : 'pooled';
  return arrUsd >= 8_000 ? 'pooled' : 'self-serve';
}

/** Seats of the lines that run today; an overdue renewal keeps its seats for now. */
function seatsToday(story: AccountStory): number {
  return linesToday(story).reduce((sum, { seats }) => sum + seats, 0);
}

/** ARR today, or on the last day of those who left. */
function liveArrUsd(story: AccountStory): number {
  const lines = linesToday(story);
  const last = lines.length > 0 ? lines : story.lines.slice(-1);
  const cents = last.reduce((sum, { arrCents }) => sum + arrCents, 0);
  return (cents / 100) * middleRateToUsd[story.currency];
}

function linesToday(story: AccountStory): AccountStory['lines'] {
  const { asOf, lines } = story;
  const at = Math.min(asOf, daysUnderContract(story).at(-1)?.to ?? asOf);
  if (at < asOf) return [];
  const lastEnd = Math.max(...lines.filter(({ start }) => start < asOf).map(({ end }) => end));
  return lines.filter(({ start, end }) => start < asOf && (end > asOf || end === lastEnd));
}
