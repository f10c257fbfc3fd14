import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import type { Since } from '../health/tenure.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { OpenTables } from '../publish/publication.ts';
import { readTable } from '../publish/read-table.ts';
import { riskFlags, warRooms } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { alertTally } from '../risk/alert-budget.ts';
import { type PastFlag, triageFor } from '../risk/triage.ts';
import { nextWarRoom } from '../risk/war-room.ts';
import type { Assessed } from './account-desk.ts';
import type { HealthEventDesk } from './health-events.ts';
import type { PastDay } from './past-days.ts';
import { pastRows } from './past-rows.ts';
import {
  alertBudgetRow,
  flagAlertRow,
  goneFlagRow,
  goneWarRoomRow,
  pastFlagOf,
  pastWarRoomOf,
  riskFlagRow,
  warRoomRow,
} from './risk-rows.ts';
import type { riskTables } from './score-tables.ts';

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

/** Says of one account after the other what is at risk, going on from where the last run stood. */
export const riskDesk = async (
  { config, asOf, answerable, since, store, lastRun, events }: Desk,
  open: OpenTables<typeof riskTables>,
) => {
  const policy = config.risk;
  const names = Object.keys(riskFlags.columns) as (keyof FlagRow)[];
  const standing = await pastRows(store, lastRun, riskFlags, names);
  const rooms = await pastRooms(store, lastRun);
  const triage = triageFor({ policy, answerable, since, currency: config.currency.reporting });
  const alerts = alertTally(policy);
  let openFlags = 0;
  let overdue = 0;

  const write = (row: FlagRow): void => {
    open.riskFlags.add(row);
    events.flag(row);
  };
  const gone = (row: FlagRow): void => {
    if (row.state !== 'cleared') write(goneFlagRow(row, asOf));
  };
  const rowAt = (columns: Readonly<Record<string, ArrayLike<unknown>>>, index: number): FlagRow =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[index] ?? null])) as FlagRow;

  return {
    reach: (accountId: string) => standing.reach(accountId),

    judge(account: AccountRow, { placement, health }: Assessed): void {
      const flagsBefore: PastFlag[] = [];
      standing.visit(
        account.accountId,
        (columns, index) => flagsBefore.push(pastFlagOf(rowAt(columns, index))),
        (columns, index) => gone(rowAt(columns, index)),
      );
      const flags = triage(account, { placement, health }, flagsBefore);
      for (const flag of flags) {
        write(riskFlagRow(flag));
        if (flag.state === 'cleared') continue;
        openFlags += 1;
        if (flag.dueOn !== null && flag.dueOn < asOf) overdue += 1;
      }
      alerts.add(flags);
      const judged = { placement, health, riskFlags: flags };
      const roomBefore = rooms.get(account.accountId);
      const past = roomBefore === undefined ? null : pastWarRoomOf(roomBefore);
      const room = nextWarRoom(account, judged, past, policy);
      rooms.delete(account.accountId);
      if (room !== null) open.warRooms.add(warRoomRow(room));
    },

    /** Ends the stream: what is left of accounts that are gone, and who is shown what. */
    async finish(heldByGuard: string | null): Promise<RiskSummary> {
      await standing.rest((columns, index) => gone(rowAt(columns, index)));
      for (const room of rooms.values()) {
        if (room.state !== 'closed') open.warRooms.add(goneWarRoomRow(room));
      }
      const { alerts: decided, budgets } = alerts.finish({ heldByGuard });
      for (const alert of decided) open.flagAlerts.add(flagAlertRow(alert));
      for (const owner of budgets) open.alertBudget.add(alertBudgetRow(owner));
      return { openFlags, overdue, shown: budgets.reduce((sum, { shown }) => sum + shown, 0) };
    },
  };
};

export interface RiskSummary {
  readonly openFlags: number;
  /** Of them, those whose play should have been done by now. */
  readonly overdue: number;
  /** Of them, those shown to an owner. */
  readonly shown: number;
}

async function pastRooms(
  store: ObjectStore,
  day: PastDay | null,
): Promise<Map<string, RowOf<typeof warRooms>>> {
  const path = day?.manifest.files.find(({ table }) => table === warRooms.name)?.path;
  const rows = path === undefined ? null : await readTable(store, warRooms, { path });
  return new Map((rows ?? []).map((row) => [row.account_id, row]));
}
