import { contractRelations, lastDayOut } from './contract-relations.ts';
import { annualValue, noticeKnown, renewalJoin, valueOn, yearlyGrowth } from './contract-sql.ts';
import { defineSource, type ReduceContext } from './source.ts';
import { MOST_MONEY } from './sql.ts';

/** A notice of ten years is a mistake, and days before the calendar begins stop the engines. */
const MOST_NOTICE_DAYS = 3_650;

/** What each account pays, for how long, and on what terms. */
export const contracts = defineSource({
  id: 'contracts',
  grain: 'one row per contract line',
  required: true,
  key: ['contract_id'],
  columns: {
    contract_id: { type: 'text', required: true, meaning: 'stable id of the contract line' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that pays',
    },
    start_date: { type: 'day', required: true, meaning: 'first day of the term' },
    end_date: { type: 'day', required: true, meaning: 'first day after the term' },
    arr: { type: 'money', range: [0, MOST_MONEY], meaning: 'annual recurring revenue of the line' },
    total_value: {
      type: 'money',
      range: [0, MOST_MONEY],
      meaning: 'value of the whole term, where arr is not known',
    },
    currency: { type: 'currency', meaning: 'currency of arr and total_value' },
    product: { type: 'text', meaning: 'product or plan' },
    seats: { type: 'integer', range: [0, 1e9], meaning: 'seats paid for' },
    term_months: { type: 'integer', meaning: 'length of the term, where the dates do not say it' },
    auto_renew: { type: 'flag', meaning: 'renews by itself unless notice is given' },
    notice_days: { type: 'integer', meaning: 'days before the end by which notice is due' },
    signed_on: { type: 'day', meaning: 'day it was signed' },
    cancelled_on: { type: 'day', meaning: 'day a cancellation takes effect' },
    cancel_recorded_on: { type: 'day', meaning: 'day the cancellation became known' },
    renewed_by: { type: 'text', meaning: 'contract_id that renews this line' },
    discount_pct: { type: 'number', range: [0, 100], meaning: 'discount off list price, 0 to 100' },
    uplift_pct: { type: 'number', meaning: 'contractual uplift each year, in per cent' },
    exit_clause: { type: 'flag', meaning: 'may be left before the term ends' },
  },
  oneOfColumns: [['arr', 'total_value']],
  known: (asOf) => `coalesce(signed_on < ${asOf}, start_date <= ${asOf})`,
  checks: [
    {
      id: 'end_before_start',
      column: 'end_date',
      severity: 'broken',
      offends: 'end_date <= start_date',
      found: 'an end that is not after the start',
      expected: 'an end after the start',
      fix: 'Correct the dates, or leave these lines out in a select and say why.',
    },
    {
      id: 'zero_value',
      column: 'arr',
      severity: 'warning',
      offends: 'coalesce(arr, total_value) = 0',
      found: 'an amount of zero',
      expected: 'an amount above zero',
      fix: 'Free lines count as no ARR; leave them out if they are not contracts.',
    },
  ],
  relations: contractRelations,
  features: {
    arr_cents: 'cents',
    arr_year_ago_cents: 'cents',
    arr_under_notice_cents: 'cents',
    notice_ends_on: 'day',
    live_lines: 'count',
    seats_paid: 'number',
    deepest_discount_pct: 'number',
    customer_since: 'day',
    next_decision_on: 'day',
  },
  // A line that is renewed early ends where its renewal begins, or both would count.
  reduce: (rows, { asOf, daysAgo, rate }) => `
    SELECT account_id,
      sum(arr_cents) FILTER (WHERE live) AS arr_cents,
      sum(arr_cents_year_ago) FILTER (WHERE live_year_ago) AS arr_year_ago_cents,
      sum(arr_cents) FILTER (WHERE live AND notice_given) AS arr_under_notice_cents,
      min(last_day_out) FILTER (WHERE live AND notice_given AND arr_cents > 0) AS notice_ends_on,
      count_if(live) AS live_lines,
      sum(seats) FILTER (WHERE live) AS seats_paid,
      max(discount_pct) FILTER (WHERE live) AS deepest_discount_pct,
      min(start_date) AS customer_since,
      min(decided_by) FILTER (
        WHERE live AND NOT renewed AND NOT notice_given AND decided_by >= ${daysAgo(0)}
      ) AS next_decision_on
    FROM (
      SELECT *,
        ${valueOn(daysAgo(0))} AS arr_cents,
        ${valueOn(daysAgo(365))} AS arr_cents_year_ago,
        start_date <= ${daysAgo(0)} AND ${daysAgo(0)} < last_day_out AS live,
        start_date <= ${daysAgo(365)} AND ${daysAgo(365)} < last_day_out AS live_year_ago
      FROM (${datedLines(rows, daysAgo(0), rate)}) dated
    ) lines
    WHERE start_date <= DATE '${asOf}'
    GROUP BY account_id`,
});

/** Each line with what it brings a year, the day by which they must decide, and when it ends. */
function datedLines(rows: string, asOf: string, rate: ReduceContext['rate']): string {
  const renewed = 'coalesce(renewal.start_date > line.start_date, false)';
  const noticeGiven = noticeKnown('line', asOf);
  return `
            SELECT line.account_id, line.start_date, line.seats, line.discount_pct,
              ${annualValue('line')} AS annual, ${yearlyGrowth('line')} AS growth,
              ${rate('line.currency')} AS rate,
              ${renewed} AS renewed,
              ${noticeGiven} AS notice_given,
              CASE WHEN line.auto_renew AND line.notice_days BETWEEN 0 AND ${MOST_NOTICE_DAYS}
                THEN CAST(line.end_date - line.notice_days * INTERVAL '1' DAY AS DATE)
                ELSE line.end_date END AS decided_by,
              ${lastDayOut(asOf)} AS last_day_out
            FROM ${rows} line
            ${renewalJoin(rows, asOf)}`;
}
