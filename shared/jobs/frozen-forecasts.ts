import { addDays, type Day, daysBetween } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { Horizon } from '../config/renewals.ts';
import type { Band } from '../health/band.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ParquetFile } from '../publish/parquet-file.ts';
import { tableBatches } from '../publish/read-table.ts';
import { forecastSnapshots } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { type accuracyTally, snapshotHorizons } from '../renewals/accuracy.ts';
import type { rateTally } from '../renewals/renewal-rates.ts';
import type { PastDay } from './past-days.ts';

type Snapshot = RowOf<typeof forecastSnapshots>;

interface Freezer {
  readonly asOf: Day;
  readonly lastRun: PastDay | null;
  readonly store: ObjectStore;
  readonly historyDays: number;
  readonly rates: ReturnType<typeof rateTally>;
  readonly accuracy: ReturnType<typeof accuracyTally>;
  /** Days that a run may be late and still freeze for the horizon it missed. */
  readonly catchUpDays: number;
  readonly file: Pick<ParquetFile<typeof forecastSnapshots>, 'add' | 'flush'>;
}

/** What there is to freeze of a renewal on the day. */
export type Freezable = Omit<
  Snapshot,
  'horizon_days' | 'frozen_on' | 'actual_cents' | 'decided_on'
>;

const ACCURACY_DAYS = 365;
const ROWS_AT_ONCE = 50_000;

/** A renewal that has vanished from the warehouse is waited for so long. */
const WAITED_DAYS = 400;

/**
 * The forecasts that earlier runs froze, and those that this one does. They are carried from run to
 * run as they were; all that is ever added to one is what came of the renewal.
 */
export const frozenForecasts = async (freezer: Freezer) => {
  const { asOf, historyDays, rates, accuracy, file, lastRun, catchUpDays } = freezer;
  const write = (row: Snapshot) => file.add(row);
  const open = new Map<string, Snapshot[]>();
  let firstWithBand: Day | null = null;
  const told = { renewalId: '', horizons: new Set<string>() };

  /** With notice, two forecasts of a renewal may have been at one horizon; it counts there once. */
  const isToldAnew = ({ renewal_id, horizon }: Snapshot): boolean => {
    if (told.renewalId !== renewal_id) {
      told.renewalId = renewal_id;
      told.horizons.clear();
    }
    const isNew = !told.horizons.has(horizon);
    told.horizons.add(horizon);
    return isNew;
  };

  const score = (row: Snapshot, actual: Cents): void => {
    const dueOn = row.due_on as Day;
    const isHistory = dueOn < asOf && daysBetween(dueOn, asOf) <= historyDays;
    if (isToldAnew(row) && isHistory && row.band !== 'unscored') {
      const [due, kept] = [row.due_arr_cents, Math.min(actual, row.due_arr_cents)];
      const band = row.band as Band;
      rates.add({ band, segment: row.segment, horizon: row.horizon as Horizon, due, kept });
    }
    if (dueOn >= asOf || daysBetween(dueOn, asOf) > ACCURACY_DAYS) return;
    accuracy.add({
      ...{ segment: row.segment, ownerEmail: row.owner_email, horizonDays: row.horizon_days },
      ...{ dueOn, due: row.due_arr_cents, expected: row.expected_cents, actual },
    });
  };

  /** Outcomes that are not long ago: what is told once is not frozen again. */
  const settledLately = new Set<string>();
  const keyOf = (row: { renewal_id: string }, horizon: number) => `${horizon} ${row.renewal_id}`;
  let read = 0;
  for await (const row of snapshotsOf(freezer)) {
    read += 1;
    if (read % ROWS_AT_ONCE === 0) await file.flush();
    if (row.band !== 'unscored' && (firstWithBand === null || row.frozen_on < firstWithBand)) {
      firstWithBand = row.frozen_on as Day;
    }
    if (row.actual_cents === null)
      open.set(row.renewal_id, [...(open.get(row.renewal_id) ?? []), row]);
    else if (daysBetween(row.due_on as Day, asOf) <= historyDays) {
      score(row, row.actual_cents);
      write(row);
      if (daysBetween(row.due_on as Day, asOf) < ACCURACY_DAYS) {
        settledLately.add(keyOf(row, row.horizon_days));
      }
    }
  }

  return {
    /** Days since the first forecast that was frozen with a health; null when there is none. */
    daysOfBands: firstWithBand === null ? null : daysBetween(firstWithBand, asOf),

    /**
     * Writes what came of a renewal to its frozen forecasts, once they were due: until then a notice
     * may be taken back, and what has renewed it may never begin.
     */
    settle({ renewal_id, state }: { renewal_id: string; state: string }, kept: Cents): void {
      const rows = open.get(renewal_id);
      if (rows === undefined || state === 'open' || state === 'late') return;
      const due = rows.filter(({ due_on }) => due_on <= asOf);
      open.set(
        renewal_id,
        rows.filter(({ due_on }) => due_on > asOf),
      );
      // What was amended lives on in the line that took its place, and is no outcome.
      if (state === 'amended') return;
      for (const row of due) {
        settledLately.add(keyOf(row, row.horizon_days));
        score(row, kept);
        write({ ...row, actual_cents: kept, decided_on: asOf });
      }
    },

    /** Freezes the forecast of a renewal that is undecided, once for each horizon it comes to. */
    freeze(now: Freezable): void {
      const days = daysBetween(asOf, now.due_on as Day);
      const horizon = snapshotHorizons.findLast((one) => one >= days);
      if (days <= 0 || horizon === undefined) return;
      // A forecast that is made much later than its horizon would flatter it.
      const isCrossed = lastRun !== null && daysBetween(lastRun.asOf, now.due_on as Day) > horizon;
      if (!isCrossed && horizon - days > catchUpDays) return;
      if (settledLately.has(keyOf(now, horizon))) return;
      const rows = open.get(now.renewal_id) ?? [];
      if (rows.some(({ horizon_days }) => horizon_days === horizon)) return;
      const frozen = { horizon_days: horizon, frozen_on: asOf, actual_cents: null };
      open.set(now.renewal_id, [...rows, { ...now, ...frozen, decided_on: null }]);
    },

    /** Writes all that still waits for its outcome. */
    finish(): void {
      const since = addDays(asOf, -WAITED_DAYS);
      for (const rows of open.values()) for (const row of rows) if (row.due_on >= since) write(row);
    },
  };
};

export type FrozenForecasts = Awaited<ReturnType<typeof frozenForecasts>>;

async function* snapshotsOf({ store, lastRun }: Freezer): AsyncGenerator<Snapshot> {
  const path = lastRun?.manifest.files.find(({ table }) => table === forecastSnapshots.name)?.path;
  if (path === undefined) return;
  const names = Object.keys(forecastSnapshots.columns) as (keyof Snapshot)[];
  for await (const { columns, rowCount } of tableBatches(store, forecastSnapshots, {
    path,
    columns: names,
  })) {
    for (let row = 0; row < rowCount; row += 1) {
      yield Object.fromEntries(
        names.map((name) => [name, columns[name]?.[row] ?? null]),
      ) as Snapshot;
    }
  }
}
