import { CIRCLE_STEPS, circleOf } from './circle.ts';
import { noticeKnown } from './contract-sql.ts';
import type { RelationCheck } from './source.ts';

/** What contract lines say of one another, and must not; what is said so still counts, as told. */
export const contractRelations: readonly RelationCheck[] = [
  {
    id: 'renewed_by_itself',
    column: 'renewed_by',
    severity: 'warning',
    offenders: (rows) => `SELECT contract_id FROM ${rows} line WHERE renewed_by = contract_id`,
    found: 'a line that is renewed by itself',
    expected: 'the contract_id of another line, or nothing',
    fix: 'Name the line that renews it, or leave it empty; until then it counts as not renewed.',
  },
  {
    id: 'renewed_in_a_circle',
    column: 'renewed_by',
    severity: 'warning',
    // Days cannot rise all the way round, so a circle has a renewal that does not begin later.
    suspects: (rows) => `SELECT line.contract_id FROM ${rows} line
      JOIN ${rows} renewal ON renewal.contract_id = line.renewed_by
      WHERE line.renewed_by <> line.contract_id AND renewal.start_date <= line.start_date`,
    offenders: (rows) => circleOf(rows, { id: 'contract_id', next: 'renewed_by' }),
    found: `lines that renew one another in a circle of at most ${CIRCLE_STEPS}`,
    expected: 'renewals that each begin after what they renew',
    fix: 'Take out the link that leads back. Until then a renewal must begin after what it renews, so the line that begins later is not taken as renewed.',
  },
  {
    id: 'overlapping_lines',
    column: 'product',
    severity: 'warning',
    suspects: accountsWithOverlap,
    offenders: overlappingLines,
    found: 'lines of one account and product that are live at once and do not renew one another',
    expected: 'lines of one product that follow one another',
    fix: 'Both count as ARR. Where one replaces the other, end the earlier line or link it to the later with renewed_by; where it adds to the other, nothing is wrong.',
  },
];

/**
 * SQL for the first day on which a `line` is no longer live: a cancellation that is known ends it,
 * and so does its `renewal` where that begins early, or both would count.
 */
export const lastDayOut = (asOf: string): string => `least(
                line.end_date,
                CASE WHEN ${noticeKnown('line', asOf)} THEN line.cancelled_on
                  ELSE line.end_date END,
                CASE WHEN renewal.start_date > line.start_date THEN renewal.start_date
                  ELSE line.end_date END
              )`;

/**
 * Lines of a product with the days on which they are live, as SQL. One without a product is not
 * known to be of the same one as another, and one that brings nothing counts nothing twice.
 */
const liveDays = (rows: string, asOf: string): string => `(
        SELECT * FROM (
          SELECT line.contract_id, line.account_id, line.product, line.start_date,
            ${lastDayOut(asOf)} AS last_day_out
          FROM ${rows} line
          LEFT JOIN ${rows} renewal ON renewal.contract_id = line.renewed_by
          WHERE line.product IS NOT NULL AND line.end_date IS NOT NULL
            AND coalesce(line.arr, line.total_value) > 0
        ) dated
        WHERE start_date < last_day_out
      )`;

/**
 * Looks at neighbours alone, in the order in which they end: one begins before the last is over.
 * Those that end on one day are co-termed, as what is added in mid-term runs beside the first; if
 * they begin on one day as well, one of them stands for both.
 */
function accountsWithOverlap(rows: string, asOf: string): string {
  const inOrder = 'PARTITION BY account_id, product ORDER BY last_day_out, start_date';
  return `SELECT account_id FROM (
      SELECT account_id, start_date, last_day_out,
        lag(last_day_out) OVER (${inOrder}) AS before_until,
        lag(start_date) OVER (${inOrder}) AS before_from
      FROM ${liveDays(rows, asOf)} live
    ) placed
    WHERE (start_date < before_until AND before_until < last_day_out)
      OR (start_date = before_from AND before_until = last_day_out)`;
}

/** Both lines of each pair, so that a reader sees what overlaps what. */
function overlappingLines(rows: string, asOf: string): string {
  const inOrder = 'PARTITION BY account_id, product ORDER BY last_day_out';
  return `SELECT contract_id FROM (
      SELECT contract_id, start_date, last_day_out,
        max(last_day_out) OVER (${inOrder} GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
          AS earlier_until,
        min(start_date) OVER (${inOrder} GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
          AS later_from,
        count(*) OVER (PARTITION BY account_id, product, last_day_out, start_date) AS alike
      FROM ${liveDays(rows, asOf)} live
      WHERE account_id IN (${accountsWithOverlap(rows, asOf)})
    ) placed
    WHERE start_date < earlier_until OR later_from < last_day_out OR alike > 1`;
}
