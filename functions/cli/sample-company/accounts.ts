import { linesToday } from './lines-today.ts';
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
    const { team, segment, motion } = story;
    const random = story.random('accounts');
    const firstStart = story.lines[0]?.start ?? story.asOf;
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
      strategic: story.arrUsd >= 450_000,
      motion,
      currency: story.currency,
      // Known since the first talk, a month at least before the first contract.
      created_on: Math.min(story.asOf, firstStart) - random.whole(30, segment === 'SMB' ? 75 : 190),
      entitled_seats: linesToday(story).reduce((sum, { seats }) => sum + seats, 0),
    };
  },
});
