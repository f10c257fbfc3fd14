import type { Day } from '../../shared/basics/day.ts';
import { addMonths, firstOfMonth } from '../../shared/basics/day.ts';

interface Bridge {
  readonly asOf: Day;
  /** The tables of the sample company, as SQL. */
  readonly tables: Readonly<Record<'accounts' | 'contracts' | 'fx_rates', string>>;
}

/**
 * The ARR bridge of 25 months and the twelve months behind each, in plain SQL over the sample company.
 * Written from docs/revenue.md and not from the code, as a team with dbt would: the test suite holds it
 * against the job to the cent, and the benchmark takes its time.
 */
export const perCustomerSql = ({ asOf, tables }: Bridge): string => `
WITH line AS (
  SELECT coalesce(top.account_id, l.account_id) AS customer, l.*,
    coalesce(top.region, a.region) AS region, coalesce(top.owner_email, a.owner_email) AS owner_email,
    coalesce(top.segment, a.segment) AS segment,
    least(l.end_date,
      CASE WHEN r.start_date > l.start_date THEN r.start_date ELSE l.end_date END,
      CASE WHEN l.cancel_recorded_on < DATE '${asOf}' THEN l.cancelled_on ELSE l.end_date END) AS ends,
    l.cancelled_on IS NOT NULL AND l.cancel_recorded_on < DATE '${asOf}' AS notice,
    coalesce(r.start_date > l.start_date, false) AS renewed
  FROM ${tables.contracts} l
  JOIN ${tables.accounts} a USING (account_id)
  LEFT JOIN ${tables.accounts} top ON top.account_id = a.parent_account_id
  LEFT JOIN ${tables.contracts} r
    ON r.contract_id = l.renewed_by AND r.signed_on < DATE '${asOf}'
  WHERE l.signed_on < DATE '${asOf}'
), last AS (SELECT customer, max(ends) AS last_end FROM line
  WHERE ends > start_date AND arr > 0 AND start_date <= DATE '${asOf}' GROUP BY 1),
held AS (
  SELECT line.* EXCLUDE (ends), CASE
    WHEN last_end <= DATE '${asOf}' AND NOT notice AND NOT renewed
      AND ends <= DATE '${asOf}' AND ends + 30 > DATE '${asOf}' THEN DATE '${asOf}' + 1 ELSE ends END AS ends
  FROM line JOIN last USING (customer) WHERE ends > start_date
), month AS (
  SELECT CAST(m AS DATE) AS opens, least(CAST(m + INTERVAL 1 MONTH AS DATE), DATE '${asOf}') AS closes
  FROM range(DATE '${addMonths(firstOfMonth(asOf), -25)}', DATE '${asOf}', INTERVAL 1 MONTH) t(m)
), period AS (
  SELECT 'month' AS kind, * FROM month
  UNION ALL SELECT 'year', CAST(closes - INTERVAL 1 YEAR AS DATE), closes FROM month
), rate AS (
  SELECT d.day AS on_day, currency, max_by(rate_to_reporting, f.day) AS rate
  FROM (SELECT opens AS day FROM period UNION SELECT closes FROM period) d, ${tables.fx_rates} f
  WHERE f.day <= d.day AND f.day > d.day - 8 AND f.day < DATE '${asOf}' GROUP BY ALL
), priced AS (
  SELECT kind, opens, closes, customer, start_date, region, owner_email, segment,
    arr * pow(1 + coalesce(uplift_pct, 0) / 100, datesub('year', start_date, least(opens, end_date - 1)))
      AS at_opening,
    arr * pow(1 + coalesce(uplift_pct, 0) / 100, datesub('year', start_date, least(closes, end_date - 1)))
      AS at_closing,
    start_date <= opens AND opens < ends AS live_opening,
    start_date <= closes AND closes < ends AS live_closing,
    opening.rate AS rate_opening, closing.rate AS rate_closing
  FROM held, period
  JOIN rate opening ON opening.on_day = opens AND opening.currency = held.currency
  JOIN rate closing ON closing.on_day = closes AND closing.currency = held.currency
)
SELECT kind, opens, closes, customer, any_value(segment) AS segment, any_value(region) AS region,
  any_value(owner_email) AS owner_email, min(start_date) AS began,
  coalesce(sum(round(at_opening * rate_opening * 100)) FILTER (live_opening), 0) AS opening,
  coalesce(sum(round(at_closing * rate_opening * 100)) FILTER (live_closing), 0) AS reached,
  coalesce(sum(round(at_closing * rate_closing * 100)) FILTER (live_closing), 0) AS closing,
  coalesce(sum(round(at_closing * rate_opening * 100) - round(at_opening * rate_opening * 100))
    FILTER (live_opening AND live_closing), 0) AS uplift
FROM priced GROUP BY kind, opens, closes, customer`;

/** The movements of every period, by the columns named, from a relation as made by the above. */
export const bridgeSql = (perCustomer: string, by: readonly string[] = []): string => `
SELECT ${['kind', 'CAST(closes AS VARCHAR) AS closes', ...by].join(', ')},
  sum(opening) AS opening,
  coalesce(sum(reached) FILTER (opening = 0 AND began >= opens), 0) AS new,
  coalesce(sum(reached) FILTER (opening = 0 AND began < opens), 0) AS reactivation,
  coalesce(sum(greatest(reached - opening - uplift, 0)) FILTER (opening > 0 AND closing > 0), 0) AS expansion,
  coalesce(sum(least(reached - opening - uplift, 0)) FILTER (opening > 0 AND closing > 0), 0) AS contraction,
  0 - coalesce(sum(opening) FILTER (closing = 0), 0) AS churn,
  coalesce(sum(uplift) FILTER (opening > 0 AND closing > 0), 0) AS escalator,
  sum(closing - reached) AS fx,
  sum(closing) AS closing,
  sum(reached) FILTER (opening > 0) / sum(opening) AS nrr,
  sum(least(opening, reached)) FILTER (opening > 0) / sum(opening) AS grr,
  count(*) FILTER (opening > 0) AS customers, count(*) FILTER (opening > 0 AND closing = 0) AS lost
FROM ${perCustomer} GROUP BY ${['kind', 'closes', ...by].join(', ')} ORDER BY ALL`;
