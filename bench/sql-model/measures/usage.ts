import { type SqlMeasure, tooNew } from '../sql-measure.ts';

/** Of usage_recent and usage_usual, which the account row is prepared with. */
const usageTrend: SqlMeasure = {
  value: `CASE WHEN usage_rows_28d > 0 AND sessions_known_28d = 0 OR tenure < 56 THEN NULL
    WHEN usage_recent = 0 THEN 0E0 WHEN usage_usual = 0 THEN 1E0
    ELSE usage_recent / usage_usual END`,
  evidence: `CASE WHEN usage_recent = 0 THEN 'no sessions in 28 days'
    WHEN usage_usual = 0 THEN whole(usage_recent) || ' sessions a week after weeks without any'
    ELSE whole(usage_recent) || ' sessions a week against ' || whole(usage_usual) || ' usual' END`,
  reason: `CASE WHEN usage_rows_28d > 0 AND sessions_known_28d = 0
    THEN 'no sessions recorded on days that are' ELSE ${tooNew('the trend needs 56')} END`,
};

const activeDays: SqlMeasure = {
  value: `CASE WHEN usage_rows_28d > 0 AND sessions_known_28d = 0 OR tenure < 7 THEN NULL
    ELSE least(least(28, tenure), active_days_28d) * 28E0 / least(28, tenure) END`,
  evidence: `'used on ' || least(least(28, tenure), active_days_28d) || ' of ' || least(28, tenure)
    || ' days'`,
  reason: `CASE WHEN usage_rows_28d > 0 AND sessions_known_28d = 0
    THEN 'no sessions recorded on days that are' ELSE ${tooNew('a habit needs 7')} END`,
};

const seats = 'coalesce(seats_paid, entitled_seats, 0E0)';

const seatUse: SqlMeasure = {
  value: `CASE WHEN ${seats} = 0 OR active_users_peak_28d IS NULL AND usage_rows_28d > 0 THEN NULL
    ELSE least(1E0, coalesce(active_users_peak_28d, 0E0) / ${seats}) END`,
  evidence: `CAST(coalesce(active_users_peak_28d, 0) AS BIGINT) || ' of '
    || CAST(${seats} AS BIGINT) || ' seats active on the best of 28 days'`,
  reason: `CASE WHEN ${seats} = 0 THEN 'no paid seats'
    ELSE 'no active users recorded on days that are' END`,
};

/** Of users_recent and users_usual, which the account row is prepared with. */
const userTrend: SqlMeasure = {
  value: `CASE WHEN usage_rows_28d > 0 AND active_users_peak_28d IS NULL OR tenure < 56 THEN NULL
    WHEN users_recent = 0 THEN 0E0 WHEN users_usual = 0 THEN 1E0
    ELSE users_recent / users_usual END`,
  evidence: `CASE WHEN users_recent = 0 THEN 'nobody active in 28 days'
    WHEN users_usual = 0 THEN one_decimal(users_recent) || ' users a day after weeks without any'
    ELSE one_decimal(users_recent) || ' users a day against ' || one_decimal(users_usual)
      || ' before' END`,
  reason: `CASE WHEN usage_rows_28d > 0 AND active_users_peak_28d IS NULL
    THEN 'no active users recorded on days that are' ELSE ${tooNew('the trend needs 56')} END`,
};

const featureDepth: SqlMeasure = {
  value: `CASE WHEN usage_rows_28d > 0 AND features_known_28d = 0 THEN NULL
    ELSE coalesce(features_per_active_day_28d, 0E0) END`,
  evidence: `CASE WHEN features_per_active_day_28d IS NULL THEN 'no feature used in 28 days'
    ELSE one_decimal(features_per_active_day_28d) || ' features on a day of use' END`,
  reason: `'no features recorded on days that are'`,
};

const featureBreadth: SqlMeasure = {
  value: `CASE WHEN tenure < 56 OR feature_rows_56d = 0 THEN NULL
    WHEN features_used_prior_28d = 0 THEN CASE WHEN features_used_28d = 0 THEN 0E0 ELSE 1E0 END
    ELSE CAST(features_used_28d AS DOUBLE) / features_used_prior_28d END`,
  evidence: `counted(features_used_28d, 'feature') || ' used in 28 days, '
    || CASE WHEN features_used_prior_28d = 0 THEN 'none'
      ELSE CAST(features_used_prior_28d AS VARCHAR) END || ' in the 28 before'`,
  reason: `CASE WHEN tenure < 56 THEN ${tooNew('the trend needs 56')}
    ELSE 'no use of features recorded in 56 days' END`,
};

const teamSpread: SqlMeasure = {
  value: `CASE WHEN usage_rows_28d > 0 AND teams_peak_28d IS NULL OR tenure < 56 THEN NULL
    WHEN coalesce(teams_peak_28d, 0E0) > 0 AND coalesce(teams_peak_prior_56d, 0E0) > 0
      THEN teams_peak_28d / teams_peak_prior_56d
    WHEN coalesce(teams_peak_28d, 0E0) > 0 THEN 1E0
    WHEN usage_rows_28d > 0 AND coalesce(teams_peak_prior_56d, 0E0) = 0 THEN NULL
    ELSE 0E0 END`,
  evidence: `CASE WHEN coalesce(teams_peak_28d, 0E0) = 0 THEN 'no team active in 28 days'
    ELSE counted(CAST(teams_peak_28d AS BIGINT), 'team') || ' on the best of 28 days'
      || CASE WHEN coalesce(teams_peak_prior_56d, 0E0) = 0 THEN ', none'
        ELSE ' against ' || CAST(teams_peak_prior_56d AS BIGINT) END || ' in the 56 before' END`,
  reason: `CASE WHEN usage_rows_28d > 0 AND teams_peak_28d IS NULL
      THEN 'no teams recorded on days that are'
    WHEN tenure < 56 THEN ${tooNew('the trend needs 56')} ELSE 'no teams to be used by' END`,
};

/** How the product is used, and how much of it. */
export const usageMeasures = {
  usage_trend: usageTrend,
  active_days: activeDays,
  seat_use: seatUse,
  user_trend: userTrend,
  feature_depth: featureDepth,
  feature_breadth: featureBreadth,
  team_spread: teamSpread,
};
