import { spellToday } from './account-story.ts';
import { features } from './feature-usage.ts';
import { sampleTable } from './sample-table.ts';
import { syncReleaseDaysAgo } from './ticket-openings.ts';
import { usageHabits } from './usage-habits.ts';

interface Release {
  readonly releaseId: string;
  readonly kind: 'change' | 'retirement';
  /** Less than nothing: still to come. */
  readonly daysAgo: number;
  readonly feature: (typeof features)[number];
  /** Share of those with the feature whom it concerns. */
  readonly share: number;
}

/** What became of the product and will, oldest first. */
const history: readonly Release[] = [
  { releaseId: 'rel-101', kind: 'change', daysAgo: 402, feature: 'mobile_app', share: 0.8 },
  { releaseId: 'rel-102', kind: 'retirement', daysAgo: 290, feature: 'imports', share: 0.15 },
  { releaseId: 'rel-103', kind: 'change', daysAgo: 181, feature: 'forecasts', share: 1 },
  {
    releaseId: 'rel-104',
    kind: 'change',
    daysAgo: syncReleaseDaysAgo,
    feature: 'data_sync',
    share: 0.7,
  },
  { releaseId: 'rel-105', kind: 'change', daysAgo: -19, feature: 'permissions', share: 1 },
  {
    releaseId: 'rel-106',
    kind: 'retirement',
    daysAgo: -47,
    feature: 'classic_reports',
    share: 0.07,
  },
];

/** What changes in the product, for each customer it touches; the day may still lie ahead. */
export const releases = sampleTable({
  name: 'releases',
  columns: {
    release_id: 'VARCHAR',
    account_id: 'VARCHAR',
    kind: 'VARCHAR',
    at: 'DATE',
    feature: 'VARCHAR',
  },

  *rows(story) {
    const spell = spellToday(story);
    if (!spell) return;
    const random = story.random('releases');
    const inUse = features.slice(0, usageHabits(story).feature_count);
    for (const { releaseId, kind, daysAgo, feature, share } of history) {
      const isConcerned = random.chance(share) && inUse.includes(feature);
      const at = story.asOf - daysAgo;
      if (!isConcerned || at < spell.from) continue;
      yield { release_id: releaseId, account_id: story.accountId, kind, at, feature };
    }
  },
});
