import { type Day, dayToEpoch } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Standing } from '../renewals/clock.ts';
import { keptOf } from '../renewals/forecast.ts';
import { firstOfQuarter } from '../renewals/forecast-rollup.ts';
import type { PastRenewals } from '../renewals/identity.ts';
import { observationsOf } from '../renewals/observations.ts';
import type { rateTally } from '../renewals/renewal-rates.ts';
import type { FrozenForecasts } from './frozen-forecasts.ts';
import type { PastDay } from './past-days.ts';
import { forgottenRenewals } from './past-renewals.ts';
import type { NearRenewal, RenewalRow, RenewalsFound } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';

interface Known {
  readonly asOf: Day;
  readonly config: Config;
  readonly lastRun: PastDay | null;
  readonly frozen: FrozenForecasts;
  readonly rates: ReturnType<typeof rateTally>;
  /** What is left of it when every line has been met. */
  readonly past: ReadonlyMap<string, PastRenewals>;
  readonly found: RenewalsFound;
}

/**
 * Adds the renewals that the warehouse has forgotten. Those that were written over with the next term
 * count for what this quarter brings, for the forecasts frozen of them, and for the rates of the past.
 */
export const withThoseForgotten = async (
  open: OpenTables<typeof renewalTables>,
  { asOf, config, lastRun, frozen, rates, past, found }: Known,
  store: ObjectStore,
): Promise<RenewalsFound> => {
  const near = new Map(found.near);
  const { inPlace, takenBack } = found;
  const window = {
    asOf: dayToEpoch(asOf),
    historyDays: config.renewals.forecast.history_days,
    lateGraceDays: config.renewal.late_grace_days,
  };
  let { renewals } = found;
  const forgotten = { asOf, inPlace, takenBack, missing: past };
  for await (const row of forgottenRenewals(store, lastRun, forgotten)) {
    open.renewals.add(row);
    renewals += 1;
    if (row.state === 'missing') continue;
    const kept = keptOf(row.due_arr_cents, row.renewed_arr_cents);
    frozen.settle(row, kept);
    const renewal = nearOf(row);
    const { standing, start, end } = renewal;
    const ended = { line: { start, end }, standing, segment: row.segment, kept };
    for (const seen of observationsOf({ ...ended, due: row.due_arr_cents }, window))
      rates.add(seen);
    if (row.term_end < firstOfQuarter(asOf)) continue;
    near.set(row.account_id, [...(near.get(row.account_id) ?? []), renewal]);
  }
  await open.renewals.flush();
  return { ...found, near, renewals };
};

function nearOf(row: RenewalRow): NearRenewal {
  const epoch = (day: string | null) => dayToEpoch(day as Day);
  const [decision, end] = [epoch(row.decision_on), epoch(row.term_end)];
  const standing: Standing = {
    ...{ decision, decidedOn: epoch(row.decided_on), says: row.says },
    ...{ state: 'renewed', how: 'in_place' },
  };
  const days = { start: epoch(row.term_start), end, due: end, clock: decision };
  return { row, standing, ...days, autoRenew: row.is_auto_renew, isNew: false };
}
