import { sqlCents } from './sql.ts';

/** A term this close to a standard length, in years, is taken as that length. */
const PARTS_OF_A_YEAR = [0.25, 0.5, 0.75];
const TERM_TOLERANCE = 0.02;

/** A cancellation counts once it was recorded; without that day, once it has taken effect. */
export const noticeKnown = (line: string, asOf: string): string =>
  `(${line}.cancelled_on IS NOT NULL
            AND coalesce(${line}.cancel_recorded_on < ${asOf}, ${line}.cancelled_on <= ${asOf}))`;

/** A renewal that is cancelled before it begins renews nothing. */
export const renewalJoin = (rows: string, asOf: string): string =>
  `LEFT JOIN ${rows} renewal ON renewal.contract_id = line.renewed_by
              AND NOT coalesce(${noticeKnown('renewal', asOf)} AND renewal.cancelled_on <= renewal.start_date, false)`;

/** What the value of a line is multiplied by each year; 1 where no uplift is agreed. */
export const yearlyGrowth = (line: string): string =>
  `(1E0 + coalesce(CAST(${line}.uplift_pct AS DOUBLE), 0E0) / 100E0)`;

/**
 * What a line brings in its first year, in units of its currency (DOUBLE): `arr`, or else its whole
 * value over the years of its term, of which later ones weigh more where an uplift is agreed.
 */
export const annualValue = (line: string): string => {
  const days = `CAST(date_diff('day', ${line}.start_date, ${line}.end_date) AS DOUBLE)`;
  const years = `(CASE WHEN ${line}.term_months > 0 THEN CAST(${line}.term_months AS DOUBLE) / 12E0 ELSE ${days} / 365.25E0 END)`;
  const parts = PARTS_OF_A_YEAR.map(
    (term) =>
      `WHEN abs(${years} - ${term}E0) <= ${(term * TERM_TOLERANCE).toFixed(4)}E0 THEN ${term}E0`,
  );
  const whole = `round(${years})`;
  const wholeYears = `WHEN abs(${years} - ${whole}) <= ${whole} * ${TERM_TOLERANCE}E0 THEN ${whole}`;
  const snapped = [...parts, wholeYears].join(' ');
  const term = `(CASE ${snapped} ELSE ${years} END)`;
  const growth = yearlyGrowth(line);
  const fullYears = `floor(${term})`;
  const weight = `(CASE WHEN ${growth} = 1E0 OR ${term} <= 1E0 THEN ${term}
                ELSE (power(${growth}, ${fullYears}) - 1E0) / NULLIF(${growth} - 1E0, 0E0)
                  + (${term} - ${fullYears}) * power(${growth}, ${fullYears}) END)`;
  return `coalesce(CAST(${line}.arr AS DOUBLE), CAST(${line}.total_value AS DOUBLE) / NULLIF(${weight}, 0E0))`;
};

/** What a line of `annual`, `growth` and `rate` brings on a day, in cents, rounded once, here. */
export const valueOn = (day: string): string => {
  const monthAndDay = (date: string) => `(month(${date}) * 100 + day(${date}))`;
  const years = `(year(${day}) - year(start_date)
          - CASE WHEN ${monthAndDay(day)} < ${monthAndDay('start_date')} THEN 1 ELSE 0 END)`;
  const grown = `CASE WHEN growth = 1E0 OR ${years} <= 0 THEN annual
          ELSE annual * power(growth, CAST(${years} AS DOUBLE)) END`;
  return sqlCents(`(${grown})`, 'rate');
};
