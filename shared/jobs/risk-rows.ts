import type { Day } from '../basics/day.ts';
import type { Batch } from '../ports/warehouse.ts';
import type { TableRows } from '../publish/parquet-file.ts';
import type { alertBudget, flagAlerts, riskFlags, warRooms } from '../publish/risk-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { FlagAlert, OwnerBudget } from '../risk/alert-budget.ts';
import { cleared, daysOpen, type Episode } from '../risk/life-cycle.ts';
import { type Nullable, noPlay, type PlannedPlay } from '../risk/plays.ts';
import type { PastFlag, RiskFlag } from '../risk/triage.ts';
import type { PastWarRoom, WarRoom } from '../risk/war-room.ts';

type FlagRow = RowOf<typeof riskFlags>;

/** How risks are laid out in tables, and read back by the next run; nothing is decided here. */
export const riskFlagRow = (flag: RiskFlag): FlagRow => ({
  account_id: flag.accountId,
  name: flag.name,
  segment: flag.segment,
  owner_email: flag.ownerEmail,
  flag: flag.flag,
  category: flag.category,
  ...episodeColumns(flag),
  days_open: flag.daysOpen,
  arr_cents: flag.arrCents,
  currency: flag.currency,
  ...playColumns(flag),
  quiet_because: flag.quietBecause,
});

/** An account that is no longer in the warehouse takes its open flags with it, and is told. */
export const goneFlagRow = (row: FlagRow, asOf: Day): FlagRow => {
  const episode = cleared(
    pastFlagOf((column) => row[column]),
    'the account is no longer in accounts',
    asOf,
  );
  return {
    ...row,
    ...episodeColumns(episode),
    days_open: daysOpen(episode, asOf),
    ...playColumns(noPlay),
    quiet_because: null,
  };
};

const episodeColumns = (episode: Episode) => ({
  severity: episode.severity,
  peak_severity: episode.peakSeverity,
  state: episode.state,
  raised_on: episode.raisedOn,
  first_raised_on: episode.firstRaisedOn,
  cleared_on: episode.clearedOn,
  cleared_because: episode.clearedBecause,
  episodes: episode.episodes,
  evidence: episode.evidence,
  unconfirmed: episode.unconfirmed,
});

const playColumns = (planned: Nullable<PlannedPlay>) => ({
  play: planned.play,
  play_name: planned.playName,
  actions: planned.actions,
  play_owner_email: planned.playOwnerEmail,
  play_owner_reason: planned.playOwnerReason,
  due_on: planned.dueOn,
});

/** Of what a flag row says, by column, all that the next run goes on from. */
export const pastFlagOf = (cell: (column: keyof FlagRow) => unknown): PastFlag =>
  ({
    flag: cell('flag'),
    state: cell('state'),
    severity: cell('severity'),
    peakSeverity: cell('peak_severity'),
    raisedOn: cell('raised_on'),
    firstRaisedOn: cell('first_raised_on'),
    clearedOn: cell('cleared_on'),
    clearedBecause: cell('cleared_because'),
    episodes: cell('episodes'),
    evidence: cell('evidence'),
    unconfirmed: cell('unconfirmed'),
    dueOn: cell('due_on'),
  }) as PastFlag;

/** What is told of a flag to the owner of its account. */
export const TOLD = [
  ...(['account_id', 'name', 'flag', 'severity', 'state', 'evidence', 'arr_cents'] as const),
  ...(['play', 'play_name', 'due_on'] as const),
] as const;

/** Hundreds of thousands of lines: value by value, because an object for each costs more. */
export const writeFlagAlert = (
  { columns: to }: TableRows<typeof flagAlerts>,
  alert: FlagAlert,
  flags: Batch['columns'],
  row: number,
): void => {
  to.owner_email.push(alert.ownerEmail);
  to.rank.push(alert.rank);
  to.decision.push(alert.decision);
  to.reason.push(alert.reason);
  for (const name of TOLD) to[name].push((flags[name]?.[row] ?? null) as never);
};

export const alertBudgetRow = (owner: OwnerBudget): RowOf<typeof alertBudget> => ({
  owner_email: owner.ownerEmail,
  budget: owner.budget,
  open_flags: owner.openFlags,
  shown: owner.shown,
  held_by_budget: owner.heldByBudget,
  held_by_play: owner.heldByPlay,
  held_by_cooldown: owner.heldByCooldown,
  held_by_guard: owner.heldByGuard,
  arr_shown_cents: owner.arrShownCents,
  arr_held_cents: owner.arrHeldCents,
});

export const warRoomRow = (room: WarRoom): RowOf<typeof warRooms> => ({
  account_id: room.accountId,
  name: room.name,
  opened_on: room.openedOn,
  state: room.state,
  owner_email: room.ownerEmail,
  rhythm: room.rhythm,
  reasons: room.reasons,
  exit_criteria: room.exitCriteria,
  criteria_met_since: room.criteriaMetSince,
  day_count: room.dayCount,
  arr_cents: room.arrCents,
});

type WarRoomRow = RowOf<typeof warRooms>;

/** The last row of a room whose account is no longer in accounts. */
export const goneWarRoomRow = (row: WarRoomRow): WarRoomRow => ({
  ...row,
  state: 'closed',
  reasons: 'the account is no longer in accounts',
  criteria_met_since: null,
});

export const pastWarRoomOf = (row: RowOf<typeof warRooms>): PastWarRoom =>
  ({
    openedOn: row.opened_on,
    state: row.state,
    reasons: row.reasons,
    criteriaMetSince: row.criteria_met_since,
  }) as PastWarRoom;
