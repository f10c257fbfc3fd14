import type { Day } from '../basics/day.ts';
import type { SourceState } from '../sources/finding.ts';
import { sqlDay } from '../sources/sql.ts';
import { featureQuery } from './feature-query.ts';

interface EntitlementScope {
  readonly asOf: Day;
  readonly reporting: string;
}

/**
 * One row per account and metric whose period is not over, with whose it is; null where the source
 * cannot be used. Ordered by `entitlement_id`, which joins the account and the metric by a
 * character (unit separator) that stands below all others, so that accounts keep their own order.
 */
export const entitlementQuery = (
  states: readonly SourceState[],
  { asOf, reporting }: EntitlementScope,
): string | null => {
  const entitlements = states.find(({ id }) => id === 'entitlements')?.sql ?? null;
  if (entitlements === null) return null;
  const accounts = states.filter(({ id }) => id === 'accounts');
  const day = (column: string) => `date_diff('day', DATE '1970-01-01', ${column})`;
  return `WITH about_accounts AS (
${featureQuery(accounts, { asOf, reporting, rates: {} })}
), entitled AS (
${entitlements}
)
SELECT CAST(own.account_id || chr(31) || entitled.metric AS VARCHAR) AS entitlement_id,
  CAST(own.account_id AS VARCHAR) AS account_id,
  CAST(own.name AS VARCHAR) AS name,
  CAST(own.segment_name AS VARCHAR) AS segment_name,
  CAST(own.region AS VARCHAR) AS region,
  CAST(own.owner_email AS VARCHAR) AS owner_email,
  CAST(own.ultimate_parent_id AS VARCHAR) AS ultimate_parent_id,
  CAST(entitled.metric AS VARCHAR) AS metric,
  CAST(coalesce(entitled.counts, 'level') AS VARCHAR) AS counts,
  CAST(entitled.committed AS DOUBLE) AS committed,
  CAST(entitled.used AS DOUBLE) AS used,
  CAST(${day('entitled.period_start')} AS BIGINT) AS period_start_day,
  CAST(${day('entitled.period_end')} AS BIGINT) AS period_end_day
FROM entitled
JOIN about_accounts own ON own.account_id = entitled.account_id
WHERE coalesce(entitled.period_end >= ${sqlDay(asOf)}, true)`;
};
