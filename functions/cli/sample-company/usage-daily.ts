import { daysUnderContract } from './account-story.ts';
import { sampleTable } from './sample-table.ts';
import { seatsOn } from './seats-on.ts';
import { usageDailySql } from './usage-daily-sql.ts';
import { usageHabits } from './usage-habits.ts';
import { usageLevels } from './usage-levels.ts';

/**
 * Product usage per account and day. JavaScript tells only the stretches between two turning
 * points of an account's level; DuckDB makes days of them.
 */
export const usageDaily = sampleTable({
  name: 'usage_daily',
  columns: {
    account_id: 'VARCHAR',
    account_no: 'BIGINT',
    from_day: 'BIGINT',
    to_day: 'BIGINT',
    first_level: 'DOUBLE',
    level_per_day: 'DOUBLE',
    seats: 'BIGINT',
    weekend_share: 'DOUBLE',
    holiday_share: 'DOUBLE',
    sessions_per_user: 'DOUBLE',
    events_per_user: 'DOUBLE',
    feature_count: 'BIGINT',
    team_count: 'BIGINT',
  },

  *rows(story, window) {
    const habits = {
      account_id: story.accountId,
      account_no: story.index + 1,
      ...usageHabits(story),
    };

    for (const { from, to } of daysUnderContract(story)) {
      const levels = usageLevels(story, from, to);
      for (const [place, level] of levels.entries()) {
        const next = levels[place + 1];
        if (!next) break;
        const fromDay = Math.max(level.day, window.from);
        const toDay = Math.min(next.day, window.asOf);
        if (fromDay >= toDay) continue;
        const perDay = (next.users - level.users) / (next.day - level.day);
        yield {
          ...habits,
          from_day: fromDay,
          to_day: toDay,
          first_level: level.users + perDay * (fromDay - level.day),
          level_per_day: perDay,
          seats: seatsOn(story, fromDay),
        };
      }
    }
  },

  expand: usageDailySql,
});
