import { addDays, type Day } from '../basics/day.ts';
import { sqlDay } from '../sources/sql.ts';

/** What closed longer ago than this tells of no renewal that is still looked at. */
const CLOSED_DAYS = 600;

/**
 * One row per renewal opportunity, as it stood on the day: what closes later was still open. Days are
 * counted from 1970-01-01.
 */
export const opportunityQuery = (rows: string, asOf: Day): string => {
  const day = (column: string) => `CAST(date_diff('day', DATE '1970-01-01', ${column}) AS BIGINT)`;
  const isClosed = `(close_on IS NULL OR close_on < ${sqlDay(asOf)})`;
  return `SELECT CAST(account_id AS VARCHAR) AS account_id,
  CAST(opportunity_id AS VARCHAR) AS opportunity_id,
  CAST(contract_id AS VARCHAR) AS contract_id,
  CAST(stage AS VARCHAR) AS stage,
  CAST(amount AS DOUBLE) AS amount,
  CAST(currency AS VARCHAR) AS currency,
  ${day('close_on')} AS close_day,
  CAST(CASE WHEN ${isClosed} THEN outcome END AS VARCHAR) AS outcome,
  CAST(probability AS DOUBLE) AS probability,
  CAST(forecast_category AS VARCHAR) AS forecast_category,
  ${day('stage_since')} AS stage_since_day,
  CAST(next_step AS VARCHAR) AS next_step
FROM (${rows}) deals
WHERE kind = 'renewal'
  AND (outcome IS NULL OR close_on IS NULL OR close_on >= ${sqlDay(addDays(asOf, -CLOSED_DAYS))})`;
};
