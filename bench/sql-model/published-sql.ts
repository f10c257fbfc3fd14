import type { Config } from '../../shared/config/schema.ts';
import { playOf } from '../../shared/risk/plays.ts';
import { sqlText } from '../../shared/sources/sql.ts';
import type { AskedMeasure } from './asked-measures.ts';

/** The table account_health, column by column as the job publishes it on a first day. */
export const accountHealthSql = (
  config: Config,
  asked: readonly AskedMeasure[],
  gatesUnknown: string,
): string => {
  const plays = asked.map(
    ({ id }) => `WHEN ${sqlText(id)} THEN ${sqlText(playOf({ measure: id }, config.risk).id)}`,
  );
  return `
SELECT account_id, name, parent_account_id, segment, coalesce(own_motion, motion_of_segment) AS motion,
  stage AS lifecycle, coalesce(strategic, false) AS strategic, region, owner_email, arr_cents,
  ${sqlText(config.currency.reporting)} AS currency,
  CAST(score AS DECIMAL(5, 1)) AS score,
  CASE WHEN live_lines = 0 AND score IS NULL THEN 'unscored'
    ELSE coalesce(override_band, scored_band) END AS band,
  scored_band, override_owner_email, override_reason, override_expires_on,
  'insufficient data' AS trend, CAST(NULL AS DECIMAL(5, 1)) AS change_28d, coverage,
  CAST(gate_effect AS DECIMAL(5, 1)) AS gate_effect,
  CASE WHEN score < mean THEN cap_reason END AS gate_reason,
  CASE WHEN score IS NOT NULL THEN ${gatesUnknown} END AS gates_unknown,
  top_driver,
  CAST(CASE WHEN top_driver IS NOT NULL THEN most_lost END AS DECIMAL(5, 1)) AS top_driver_lost,
  CASE top_driver ${plays.join(' ')} END AS top_driver_play,
  unscored_because AS reason
FROM judged`;
};

/** The table health_receipts: long, as people query it. */
export const receiptsSql = (asked: readonly AskedMeasure[]): string => {
  const each = (value: (measure: AskedMeasure) => string) =>
    `unnest([${asked.map(value).join(',\n      ')}])`;
  return `
SELECT account_id, measure, dimension, CASE WHEN points IS NULL THEN 'unknown' ELSE 'scored' END AS status,
  raw_value, CAST(points AS DECIMAL(5, 1)) AS points, weight,
  CAST(contribution AS DECIMAL(5, 1)) AS contribution, evidence, reason
FROM (
  SELECT account_id,
    ${each(({ id }) => sqlText(id))} AS measure,
    ${each(({ dimension }) => sqlText(dimension))} AS dimension,
    ${each(({ id }) => `v_${id}`)} AS raw_value,
    ${each(({ id }) => `p_${id}`)} AS points,
    ${each(({ id }) => `w_${id}`)} AS weight,
    ${each(({ id }) => `t_${id}`)} AS contribution,
    ${each(({ id, evidence }) => `CASE WHEN p_${id} IS NOT NULL THEN ${evidence} END`)} AS evidence,
    ${each(({ id, reason }) => `CASE WHEN p_${id} IS NULL AND w_${id} IS NOT NULL THEN ${reason} END`)} AS reason
  FROM judged
) lines
WHERE weight IS NOT NULL`;
};
