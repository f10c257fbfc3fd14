import { type Day, dayToEpoch } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import { keptOf } from '../renewals/forecast.ts';
import { firstOfQuarter } from '../renewals/forecast-rollup.ts';
import type { FrozenForecasts } from './frozen-forecasts.ts';
import type { PastDays } from './past-days.ts';
import { renewedInPlace } from './past-renewals.ts';
import type { NearRenewal, RenewalRow, RenewalsFound } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';

interface Known {
  readonly asOf: Day;
  readonly days: PastDays;
  readonly frozen: FrozenForecasts;
  readonly found: RenewalsFound;
}

/**
 * Adds the renewals that were written over with the next term, which the warehouse has forgotten:
 * to the table, to what this quarter brings, and, as an outcome, to the forecasts frozen of them.
 */
export const withThoseInPlace = async (
  open: OpenTables<typeof renewalTables>,
  { asOf, days, frozen, found }: Known,
  store: ObjectStore,
): Promise<RenewalsFound> => {
  const near = new Map(found.near);
  const { inPlace } = found;
  let { renewals } = found;
  for await (const row of renewedInPlace(store, days.lastRun, { asOf, inPlace })) {
    open.renewals.add(row);
    renewals += 1;
    frozen.settle(row, keptOf(row.due_arr_cents, row.renewed_arr_cents));
    if (row.term_end < firstOfQuarter(asOf)) continue;
    near.set(row.account_id, [...(near.get(row.account_id) ?? []), nearOf(row)]);
  }
  return { ...found, near, renewals };
};

function nearOf(row: RenewalRow): NearRenewal {
  const epoch = (day: string | null) => dayToEpoch(day as Day);
  const decision = epoch(row.decision_on);
  return {
    row,
    standing: {
      ...{ decision, decidedOn: epoch(row.decided_on), says: row.says },
      ...{ state: 'renewed', how: 'in_place' },
    },
    ...{ start: epoch(row.term_start), end: epoch(row.term_end), clock: decision },
    autoRenew: row.is_auto_renew,
  };
}
