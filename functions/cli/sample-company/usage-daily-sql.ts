import type { Window } from './sample-table.ts';

/**
 * Turns staged stretches into days. The noise is integer arithmetic written out here, because
 * DuckDB's own hash and random functions may change their values from version to version.
 */
export const usageDailySql = (
  staged: string,
  { seed, from }: Pick<Window, 'seed' | 'from'>,
): string => `
  WITH days AS (
    SELECT *, unnest(range(greatest(from_day, ${from}), to_day)) AS day_no FROM ${staged}
  ), seeded AS (
    SELECT *,
      first_level + level_per_day * (day_no - from_day) AS level,
      (day_no + 3) % 7 AS weekday,
      (account_no * 73856093 + day_no * 19349663 + CAST(${Math.trunc(seed)} AS BIGINT) * 83492791)
        & 2147483647 AS s0
    FROM days
  ), stirred AS (
    SELECT *, (xor(s0, s0 >> 15) * 1103515245 + 12345) & 2147483647 AS s1 FROM seeded
  ), noisy AS (
    SELECT *, (xor(s1, s1 >> 13) * 1664525 + 1013904223) & 2147483647 AS s2 FROM stirred
  ), drawn AS (
    SELECT *,
      DATE '1970-01-01' + CAST(day_no AS INTEGER) AS day,
      xor(s2, s2 >> 16) & 1023 AS a,
      (s2 >> 10) & 1023 AS b,
      (s2 >> 20) & 1023 AS c
    FROM noisy
  ), shaped AS (
    SELECT *,
      level
        * CASE weekday WHEN 5 THEN weekend_share WHEN 6 THEN weekend_share * 0.7
            WHEN 0 THEN 0.97 WHEN 4 THEN 0.91 ELSE 1.0 END
        * CASE WHEN month(day) * 100 + day(day) >= 1222 OR month(day) * 100 + day(day) <= 102
            THEN holiday_share ELSE 1.0 END
        * (0.9 + 0.2 * a / 1023.0) AS expected
    FROM drawn
  ), counted AS (
    -- A handful of guests now and then; else hardly more people than seats.
    SELECT *,
      least(CAST(floor(expected + b / 1024.0) AS BIGINT),
            seats + CASE WHEN c >= 820 THEN seats // 25 + c % 2 ELSE 0 END) AS users
    FROM shaped
  )
  SELECT
    account_id,
    day,
    users AS active_users,
    CAST(round(users * sessions_per_user * (0.9 + 0.2 * c / 1023.0)) AS BIGINT) AS sessions,
    CAST(round(users * events_per_user * (0.8 + 0.4 * b / 1023.0)) AS BIGINT) AS key_events,
    greatest(1, least(feature_count, users * 3,
      CAST(round(feature_count * (0.45 + 0.45 * users / seats + 0.2 * a / 1023.0)) AS BIGINT)
    )) AS features_used,
    greatest(1, least(users, team_count,
      CAST(round(team_count * least(1.0, 0.2 + 1.1 * users / seats)) AS BIGINT))) AS teams_active
  FROM counted
  WHERE users > 0`;
