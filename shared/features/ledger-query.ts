import type { Day } from '../basics/day.ts';
import { annualValue, noticeKnown, renewalJoin, yearlyGrowth } from '../sources/contract-sql.ts';
import type { SourceState } from '../sources/finding.ts';
import type { SourceId } from '../sources/index.ts';
import { sqlDay, sqlText } from '../sources/sql.ts';
import { featureQuery } from './feature-query.ts';

interface LedgerScope {
  readonly asOf: Day;
  readonly reporting: string;
  readonly rollup: 'ultimate_parent' | 'account';
  /** What the terms of each line say beside what it brings; left out, it is not asked. */
  readonly withTerms?: boolean;
}

/** What the ledger needs to know of accounts beyond their contracts; of renewals the first alone. */
const ABOUT_ACCOUNTS: readonly SourceId[] = ['accounts', 'onboarding_milestones', 'plays'];

/**
 * One row per contract line that is known on the day, with its customer and what is said of it. The
 * engine reads, joins and annualises; which days a line counts is decided by the ledger. Days are
 * counted from 1970-01-01.
 */
export const ledgerQuery = (
  states: readonly SourceState[],
  { asOf, reporting, rollup, withTerms = false }: LedgerScope,
): string => {
  const asked = withTerms ? ABOUT_ACCOUNTS.slice(0, 1) : ABOUT_ACCOUNTS;
  const about = states.filter(({ id }) => asked.includes(id as SourceId));
  const contracts = states.find(({ id }) => id === 'contracts')?.sql;
  const parent = 'coalesce(own.ultimate_parent_id, own.account_id)';
  const customer = rollup === 'account' ? 'own.account_id' : parent;
  const day = (column: string) => `date_diff('day', DATE '1970-01-01', ${column})`;
  const isNotice = noticeKnown('line', sqlDay(asOf));
  // The whole of a group goes by its parent; a parent that accounts does not have by the account.
  const fromTop = (name: string) =>
    `CASE WHEN top.account_id IS NULL THEN own.${name} ELSE top.${name} END`;
  return `WITH about_accounts AS (
${featureQuery(about, { asOf, reporting, rates: {} })}
), contract_lines AS (
${contracts}
)
SELECT CAST(${customer} AS VARCHAR) AS customer_id,
  CAST(${fromTop('name')} AS VARCHAR) AS name,
  CAST(${fromTop('segment_name')} AS VARCHAR) AS segment_name,
  CAST(${fromTop('motion_name')} AS VARCHAR) AS motion_name,
  CAST(${fromTop('region')} AS VARCHAR) AS region,
  CAST(${fromTop('owner_email')} AS VARCHAR) AS owner_email,
  CAST(CASE WHEN own.daughters > 0 OR own.ultimate_parent_id IS NOT NULL
    THEN ${parent} END AS VARCHAR) AS ultimate_parent_id,
  CAST(own.milestones_due AS BIGINT) AS milestones_due,
  CAST(own.milestones_overdue AS BIGINT) AS milestones_overdue,
  CAST(own.milestones_on_time AS BIGINT) AS milestones_on_time,
  CAST(own.concessions_without_plan_180d AS BIGINT) AS concessions_without_plan,
  CAST(line.contract_id AS VARCHAR) AS contract_id,
  CAST(line.account_id AS VARCHAR) AS account_id,
  CAST(line.product AS VARCHAR) AS product,
  CAST(coalesce(line.currency, ${sqlText(reporting)}) AS VARCHAR) AS currency,
  CAST(${day('line.start_date')} AS BIGINT) AS start_day,
  CAST(${day('line.end_date')} AS BIGINT) AS end_day,
  CAST(${annualValue('line')} AS DOUBLE) AS annual,
  CAST(${yearlyGrowth('line')} AS DOUBLE) AS growth,
  CAST(CASE WHEN ${isNotice} THEN ${day('line.cancelled_on')} END AS BIGINT) AS cancelled_day,
  CAST(CASE WHEN ${isNotice} THEN ${day('line.cancel_recorded_on')} END AS BIGINT) AS cancel_known_day,
  CAST(${day('renewal.start_date')} AS BIGINT) AS renewal_start_day${withTerms ? terms(day) : ''}
FROM contract_lines line
JOIN about_accounts own ON own.account_id = line.account_id
LEFT JOIN about_accounts top ON top.account_id = ${customer}
${renewalJoin('contract_lines', sqlDay(asOf))}`;
};

const terms = (day: (column: string) => string): string => `,
  CAST(own.name AS VARCHAR) AS account_name,
  CAST(own.region AS VARCHAR) AS account_region,
  CAST(own.owner_email AS VARCHAR) AS account_owner_email,
  CAST(${day('line.signed_on')} AS BIGINT) AS signed_day,
  CAST(line.auto_renew AS BOOLEAN) AS auto_renew,
  CAST(line.notice_days AS BIGINT) AS notice_days,
  CAST(line.renewed_by AS VARCHAR) AS renewed_by`;

/** Whether a source says anything of how a customer was taken on. */
export const tellsOfOnboarding = (states: readonly SourceState[]): boolean =>
  states.some(({ id, sql }) => id === 'onboarding_milestones' && sql !== null);
