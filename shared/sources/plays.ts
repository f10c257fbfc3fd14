import { defineSource } from './source.ts';
import { sqlList, sqlText } from './sql.ts';

/**
 * What a play may be a play against: the risk flags in their order, and then their categories. The
 * place of each is its bit in open_play_drivers, which is written and read within one run.
 */
export const playDrivers = [
  'notice_given',
  'usage_decline',
  'usage_trap',
  'outcome_missed',
  'onboarding_stalled',
  'silence',
  'champion_gone',
  'sponsor_gone',
  'support_rising',
  'severe_ticket',
  'detractor_open',
  'retirement_ahead',
  'billing_overdue',
  'overage',
  'budget_signal',
  'discount_without_plan',
  'competitor',
  'compliance_signal',
  'value_gap',
  'champion_turnover',
  'product_issue',
  'budget_pressure',
  'compliance_security',
] as const;

/** What is being done about a risk, since when, and until when. */
export const plays = defineSource({
  id: 'plays',
  grain: 'one row per play that was opened',
  required: false,
  key: ['play_id'],
  columns: {
    play_id: { type: 'text', required: true, meaning: 'stable id of the play' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account it is for',
    },
    driver: {
      type: 'text',
      required: true,
      meaning: 'risk flag, or category of flags, that it answers',
    },
    play: { type: 'text', required: true, meaning: 'what is done, as the company names it' },
    opened_on: { type: 'day', required: true, meaning: 'day it was begun' },
    due_on: { type: 'day', meaning: 'day by which it is to be done' },
    closed_on: { type: 'day', meaning: 'day it was ended; empty while open' },
    outcome: { type: 'text', meaning: 'what came of it' },
    owner_email: { type: 'text', meaning: 'who does it' },
    concession: { type: 'flag', meaning: 'gives away money: a discount, a credit, free months' },
    success_plan_id: { type: 'text', meaning: 'objective that the concession is bound to' },
  },
  known: (asOf) => `opened_on < ${asOf}`,
  freshBy: 'opened_on',
  mayBeEmpty: true,
  checks: [
    {
      id: 'unknown_driver',
      column: 'driver',
      severity: 'warning',
      offends: `driver NOT IN (${sqlList(playDrivers)})`,
      found: 'drivers that are neither a risk flag nor a category',
      expected: `one of ${playDrivers.join(', ')}`,
      fix: 'Map driver with a CASE expression; until then such plays answer no flag.',
    },
  ],
  features: {
    plays_overdue: 'count',
    open_play_drivers: 'count',
    concessions_without_plan_180d: 'count',
    latest_concession_on: 'day',
  },
  // By driver first: two plays against one driver set its bit once.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      sum(plays_overdue) AS plays_overdue,
      sum(CASE WHEN plays_open > 0 THEN ${driverBit} ELSE 0 END) AS open_play_drivers,
      sum(concessions) AS concessions_without_plan_180d,
      max(latest_concession_on) AS latest_concession_on
    FROM (
      SELECT account_id, driver,
        count_if(still_open) AS plays_open,
        count_if(still_open AND due_on < ${daysAgo(0)}) AS plays_overdue,
        count_if(given_for_nothing) AS concessions,
        max(opened_on) FILTER (WHERE given_for_nothing) AS latest_concession_on
      FROM (
        SELECT account_id, driver, opened_on, due_on,
          coalesce(closed_on >= ${daysAgo(0)}, true) AS still_open,
          coalesce(concession, false) AND success_plan_id IS NULL
            AND opened_on >= ${daysAgo(180)} AS given_for_nothing
        FROM ${rows}
      ) plays
      GROUP BY account_id, driver
    ) by_driver
    GROUP BY account_id`,
});

const driverBit = `CASE driver ${playDrivers
  .map((driver, bit) => `WHEN ${sqlText(driver)} THEN ${2 ** bit}`)
  .join(' ')} ELSE 0 END`;
