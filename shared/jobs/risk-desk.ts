import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import type { Since } from '../health/tenure.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { readTable } from '../publish/read-table.ts';
import { riskFlags, warRooms } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { type AlertsCounted, alertTally } from '../risk/alert-budget.ts';
import { type PastFlag, triageFor } from '../risk/triage.ts';
import { nextWarRoom } from '../risk/war-room.ts';
import type { Assessed } from './account-desk.ts';
import type { HealthEventDesk } from './health-events.ts';
import type { PastDay } from './past-days.ts';
import { pastRows } from './past-rows.ts';
import type { RangeRows } from './range-rows.ts';
import {
  goneFlagRow,
  goneWarRoomRow,
  pastFlagOf,
  pastWarRoomOf,
  riskFlagRow,
  warRoomRow,
} from './risk-rows.ts';

interface Desk {
  readonly config: Config;
  readonly asOf: Day;
  readonly answerable: Answerable;
  readonly since: Since;
  readonly store: ObjectStore;
  readonly lastRun: PastDay | null;
  readonly events: HealthEventDesk;
}

type FlagRow = RowOf<typeof riskFlags>;

/** What a range of accounts has counted of flags: plain data that may come from another processor. */
export interface RiskCounted {
  readonly alerts: AlertsCounted;
  /** Rows of flags that it has written. */
  readonly rows: number;
  readonly openFlags: number;
  /** Of them, those whose play should have been done by now. */
  readonly overdue: number;
}

/** Says of one account after the other what is at risk, going on from where the last run stood. */
export const riskDesk = async (
  { config, asOf, answerable, since, store, lastRun, events }: Desk,
  rows: Pick<RangeRows, 'riskFlags' | 'warRooms'>,
) => {
  const policy = config.risk;
  const names = Object.keys(riskFlags.columns) as (keyof FlagRow)[];
  const standing = await pastRows(store, lastRun, riskFlags, names);
  const rooms = await pastRooms(store, lastRun);
  const triage = triageFor({ policy, answerable, since, currency: config.currency.reporting });
  let alerts = alertTally(policy);
  let openFlags = 0;
  let overdue = 0;
  let written = 0;
  let after: string | null = null;

  const write = (row: FlagRow): void => {
    rows.riskFlags.add(row);
    written += 1;
    events.flag(row);
  };
  const gone = (row: FlagRow): void => {
    if (row.state !== 'cleared') write(goneFlagRow(row, asOf));
  };
  const rowAt = (columns: Readonly<Record<string, ArrayLike<unknown>>>, index: number): FlagRow =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[index] ?? null])) as FlagRow;

  return {
    beginAfter(accountId: string): void {
      after = accountId;
      standing.beginAfter(accountId);
    },
    reach: (accountId: string) => standing.reach(accountId),

    judge(account: AccountRow, { placement, health }: Assessed): void {
      const flagsBefore: PastFlag[] = [];
      standing.visit(
        account.accountId,
        (columns, index) =>
          flagsBefore.push(pastFlagOf((column) => columns[column]?.[index] ?? null)),
        (columns, index) => gone(rowAt(columns, index)),
      );
      const flags = triage(account, { placement, health }, flagsBefore);
      alerts.add(flags, written);
      for (const flag of flags) {
        write(riskFlagRow(flag));
        if (flag.state === 'cleared') continue;
        openFlags += 1;
        if (flag.dueOn !== null && flag.dueOn < asOf) overdue += 1;
      }
      const judged = { placement, health, riskFlags: flags };
      const roomBefore = rooms.get(account.accountId);
      const past = roomBefore === undefined ? null : pastWarRoomOf(roomBefore);
      const room = nextWarRoom(account, judged, past, policy);
      rooms.delete(account.accountId);
      if (room !== null) rows.warRooms.add(warRoomRow(room));
    },

    /**
     * Ends a range: closes what accounts that are gone had left open in it, up to its last account or
     * to the end of all. Gives what was counted since it was asked last.
     */
    async take(last: string | null): Promise<RiskCounted> {
      if (last === null) await standing.rest((columns, index) => gone(rowAt(columns, index)));
      for (const [accountId, room] of rooms) {
        if (last !== null && compareUtf8(accountId, last) > 0) continue;
        rooms.delete(accountId);
        if (after !== null && compareUtf8(accountId, after) <= 0) continue;
        if (room.state !== 'closed') rows.warRooms.add(goneWarRoomRow(room));
      }
      const counted = { alerts: alerts.counted(), rows: written, openFlags, overdue };
      [alerts, written, openFlags, overdue] = [alertTally(policy), 0, 0, 0];
      return counted;
    },
  };
};

async function pastRooms(
  store: ObjectStore,
  day: PastDay | null,
): Promise<Map<string, RowOf<typeof warRooms>>> {
  const path = day?.manifest.files.find(({ table }) => table === warRooms.name)?.path;
  const rows = path === undefined ? null : await readTable(store, warRooms, { path });
  return new Map((rows ?? []).map((row) => [row.account_id, row]));
}
