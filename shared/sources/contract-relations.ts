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
 * In the order in which they begin, a line overlaps another when one before it goes on, or the next
 * begins before it is over. A line without a product is not known to be of the same one, and one
 * that brings nothing counts nothing twice.
 */
function overlappingLines(rows: string, asOf: string): string {
  const inOrder = 'PARTITION BY account_id, product ORDER BY start_date, contract_id';
  return `SELECT contract_id FROM (
      SELECT contract_id, start_date, last_day_out,
        max(last_day_out) OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
          AS earlier_until,
        lead(start_date) OVER (${inOrder}) AS next_from
      FROM (
        SELECT line.contract_id, line.account_id, line.product, line.start_date,
          ${lastDayOut(asOf)} AS last_day_out
        FROM ${rows} line
        LEFT JOIN ${rows} renewal ON renewal.contract_id = line.renewed_by
        WHERE line.product IS NOT NULL AND line.end_date IS NOT NULL
          AND coalesce(line.arr, line.total_value) > 0
      ) dated
      WHERE start_date < last_day_out
    ) placed
    WHERE start_date < earlier_until OR next_from < last_day_out`;
}
