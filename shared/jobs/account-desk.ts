import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import { isCustomer } from '../health/customer.ts';
import { movementOf, type PastHealth } from '../health/movement.ts';
import { type Placement, placerFor } from '../health/placement.ts';
import { resolveModels } from '../health/resolved-model.ts';
import { type Health, scorerFor } from '../health/score.ts';
import type { Since } from '../health/tenure.ts';
import { trendOf } from '../health/trend.ts';
import { playOf } from '../risk/plays.ts';
import type { HealthEventDesk } from './health-events.ts';
import { accountHealthRow, movementRow, writeReceipt } from './health-rows.ts';
import { type HealthCounted, healthTallies } from './health-tallies.ts';
import type { PastDays } from './past-days.ts';
import type { PastHealths } from './past-health.ts';
import type { RangeRows } from './range-rows.ts';

export interface Desk {
  readonly config: Config;
  readonly asOf: Day;
  readonly answerable: Answerable;
  readonly since: Since;
  readonly days: PastDays;
  readonly lastRun: PastHealths;
  readonly baseline: PastHealths;
  readonly events: HealthEventDesk;
}

/** What was made of one account; good until the next one. */
export interface Assessed {
  readonly placement: Placement;
  readonly health: Health;
  readonly before: PastHealth | null;
}

type Rows = Pick<RangeRows, 'accountHealth' | 'healthReceipts' | 'healthMovements'>;

/** Scores one account after the other, writes what it finds and keeps count. */
export const healthDesk = (desk: Desk, rows: Rows) => {
  const { config, asOf, days, lastRun, baseline, events } = desk;
  const models = resolveModels(
    config.model,
    config.segments.map(({ id }) => id),
  );
  const placeOf = placerFor(config, asOf);
  const { answerable, since } = desk;
  const healthOf = scorerFor({ model: config.model, models, answerable, since });
  let tallies = healthTallies();

  const assess = (account: AccountRow): Assessed => {
    const placement = placeOf(account);
    const before = lastRun.of(account.accountId);
    const monthAgo = baseline.of(account.accountId);
    const health = healthOf(account, placement, before?.scoredBand ?? null);
    const model = models(placement.segment.id, placement.stage);
    const movedSince = (past: PastHealth | null) =>
      past && movementOf(past, health, { before: models(past.segment, past.stage), now: model });
    const moved = movedSince(before);
    const monthly = movedSince(monthAgo);

    rows.accountHealth.add(
      accountHealthRow(account, health, {
        placement,
        currency: config.currency.reporting,
        trend: monthly === null ? null : trendOf(monthly.change, config.model.trend),
        change28d: monthly?.change ?? null,
        topDriverPlay: playFor(health, config),
      }),
    );
    writeReceipt(rows.healthReceipts, account.accountId, health.lines);
    for (const [name, day, past, movement] of [
      ['last_run', days.lastRun, before, moved],
      ['28_days', days.baseline, monthAgo, monthly],
    ] as const) {
      if (day === null || past === null) continue;
      const since = { name, asOf: day.asOf };
      rows.healthMovements.add(movementRow(account.accountId, since, past, health, movement));
    }
    events.band(account, placement, health, before);
    if (account.daughters > 0 && account.ultimateParentId === null) {
      tallies.parents.name(account.accountId, account.name);
    }
    // Those who left and those yet to begin would drown the customers of today.
    if (isCustomer(account)) count(account, placement, health, before, monthAgo);
    return { placement, health, before };
  };

  function count(
    account: AccountRow,
    placement: Placement,
    health: Health,
    before: PastHealth | null,
    monthAgo: PastHealth | null,
  ): void {
    const { accountId, name, arrCents, region, ownerEmail, ultimateParentId, daughters } = account;
    const { score, band } = health;
    const counted = {
      arrCents,
      region,
      ownerEmail,
      placement,
      band,
      bandAtLastRun: before?.band ?? null,
      band28DaysAgo: monthAgo?.band ?? null,
    };
    if (account.overrideBand !== null) tallies.whole.overridden += 1;
    tallies.segments.add(counted);
    tallies.measures.add(counted, health);
    tallies.drift.add(health, before?.scoredBand ?? null);
    const member = { accountId, name, score, band, arrCents };
    tallies.parents.add(member, ultimateParentId, daughters > 0);
    if (score === null) return;
    tallies.whole.weighted += score * arrCents;
    tallies.whole.arrCents += arrCents;
  }

  return {
    assess,
    /** What was counted since it was asked last. */
    take(): HealthCounted {
      const { counted } = tallies;
      tallies = healthTallies();
      return counted;
    },
  };
};

function playFor({ topDriver }: Health, { risk }: Config): string | null {
  return topDriver === null ? null : playOf({ measure: topDriver.measure }, risk).id;
}
