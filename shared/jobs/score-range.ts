import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import { accountReader } from '../features/account-row.ts';
import { answerableFrom } from '../health/answerable.ts';
import { sinceFrom } from '../health/tenure.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { SourceState } from '../sources/finding.ts';
import { healthDesk } from './account-desk.ts';
import { type AccountRange, lastAccountOf, readable } from './account-ranges.ts';
import { healthEventDesk } from './health-events.ts';
import type { HealthCounted } from './health-tallies.ts';
import type { PastDays } from './past-days.ts';
import { pastHealths } from './past-health.ts';
import { type RangeGroups, rangeRows } from './range-rows.ts';
import { type RiskCounted, riskDesk } from './risk-desk.ts';

/** What every range of a run is scored by: plain data, so that it can be sent to whoever does it. */
export interface RangeSetting {
  readonly config: Config;
  readonly asOf: Day;
  readonly states: readonly SourceState[];
  readonly days: PastDays;
}

/** Names this work to a crew. */
export const SCORE_RANGES = 'score-ranges';

/** What came of a range: its rows, encoded, and what was counted. */
export interface ScoredRange {
  readonly accounts: number;
  readonly groups: RangeGroups;
  readonly health: HealthCounted;
  readonly risk: RiskCounted;
}

/** Scores ranges of accounts. One scorer must be given them in order, though not all of them. */
export const rangeScorer = async (
  { config, asOf, states, days }: RangeSetting,
  store: ObjectStore,
) => {
  const [lastRun, baseline] = await Promise.all([
    pastHealths(store, days.lastRun),
    pastHealths(store, days.baseline),
  ]);
  const { rows, take } = rangeRows();
  const isFirst = days.lastRun === null;
  const currency = config.currency.reporting;
  const events = healthEventDesk({ asOf, currency, isFirst }, rows.healthEvents);
  const sources = { answerable: answerableFrom(states), since: sinceFrom(states) };
  const told = { config, asOf, ...sources, events };
  const health = healthDesk({ ...told, days, lastRun, baseline }, rows);
  const risk = await riskDesk({ ...told, store, lastRun: days.lastRun }, rows);
  const accountsOf = accountReader(asOf);
  const past = [lastRun, baseline, risk];

  return async ({ batches, after, last }: AccountRange): Promise<ScoredRange> => {
    if (after !== null) for (const one of past) one.beginAfter(after);
    let accounts = 0;
    for (const one of batches) {
      const batch = readable(one);
      const reached = lastAccountOf([batch]) as string;
      await Promise.all(past.map((one) => one.reach(reached)));
      for (const account of accountsOf(batch)) risk.judge(account, health.assess(account));
      accounts += batch.rowCount;
    }
    // What the risk desk ends with has rows too.
    const counted = await risk.take(last);
    return { accounts, groups: take(), health: health.take(), risk: counted };
  };
};
