import type { Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { alertBudget, flagAlerts } from '../publish/risk-tables.ts';
import type { MovedAccount } from '../reports/csm/csm-week.ts';
import { accountName } from './account-name.ts';
import { addArr } from './arr-sum.ts';
import type { CsmDesk } from './csm-desk.ts';
import type { Movement } from './csm-moved.ts';
import type { PastDay } from './past-days.ts';
import { publishedWalk } from './published-walk.ts';
import type { HealthRow } from './weekly-health.ts';
import type { ForecastLine } from './weekly-renewals.ts';
import type { FlagRow } from './weekly-risk.ts';

/** The play that answers an open flag is told of where it is due; to whoever leads it. */
export const playInto = (csm: CsmDesk, flag: FlagRow): void => {
  if (flag.play_name === null || flag.due_on === null || flag.due_on > csm.dueBy) return;
  csm.of(flag.play_owner_email ?? flag.owner_email)?.addPlay({
    ...{ accountId: flag.account_id, name: accountName(flag), arr: flag.arr_cents },
    ...{ play: flag.play_name, flag: flag.flag, dueOn: flag.due_on as Day },
  });
};

/** What flag_alerts and alert_budget call nobody. */
const NOBODY = '(none)';

/** What each owner is shown, and how many flags are kept from them. */
export const alertsInto = async (
  csm: CsmDesk,
  store: ObjectStore,
  day: PastDay | null,
): Promise<void> => {
  for await (const alert of publishedWalk(store, day, flagAlerts, ALERT)) {
    if (alert.decision !== 'shown' || alert.owner_email === NOBODY) continue;
    csm.of(alert.owner_email)?.alerts.add({
      ...{ accountId: alert.account_id, name: accountName(alert), arr: alert.arr_cents },
      ...{ rank: alert.rank, flag: alert.flag, severity: alert.severity },
      ...{ evidence: alert.evidence, play: alert.play_name, dueOn: alert.due_on as Day | null },
    });
  }
  for await (const budget of publishedWalk(store, day, alertBudget, BUDGET)) {
    if (budget.owner_email === NOBODY) continue;
    const shelf = csm.of(budget.owner_email);
    if (shelf !== null) shelf.totals.held += budget.open_flags - budget.shown;
  }
};

const ALERT = [
  ...(['owner_email', 'rank', 'decision', 'account_id', 'name', 'flag', 'severity'] as const),
  ...(['evidence', 'arr_cents', 'play_name', 'due_on'] as const),
] as const;
const BUDGET = ['owner_email', 'open_flags', 'shown'] as const;

/** An open renewal is theirs once it is late, or decided soon. */
export const renewalInto = (csm: CsmDesk, line: ForecastLine): void => {
  const isSoon = line.decision_on >= csm.asOf && line.decision_on <= csm.decideBy;
  if (line.state !== 'late' && !isSoon) return;
  csm.of(line.owner_email)?.addRenewal({
    ...{ renewalId: line.renewal_id, name: accountName(line), due: line.due_arr_cents },
    ...{ decisionOn: line.decision_on as Day, category: line.category, band: line.band },
  });
};

interface Standing {
  readonly movement: Movement | undefined;
  /** It has a flag, or a decision is near. */
  readonly isBusy: boolean;
}

/** An account of theirs has moved, or is to be left alone, or neither. */
export const accountInto = (csm: CsmDesk, row: HealthRow, { movement, isBusy }: Standing): void => {
  const shelf = csm.of(row.owner_email);
  if (shelf === null) return;
  addArr(shelf.totals.mine, row.arr_cents);
  if (movement !== undefined) shelf.moved.add({ ...standingOf(row), ...movement });
  else if (row.band === 'green' && !isBusy) addArr(shelf.totals.leaveAlone, row.arr_cents);
};

const standingOf = (row: HealthRow): Omit<MovedAccount, keyof Movement> => ({
  ...{ accountId: row.account_id, name: accountName(row), arr: row.arr_cents },
  ...{ band: row.band, score: row.score },
  driver: row.top_driver?.replaceAll('_', ' ') ?? null,
});
