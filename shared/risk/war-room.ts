import { type Day, daysBetween } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { RiskPolicy } from '../config/risk.ts';
import type { AccountRow } from '../features/account-row.ts';
import { isCustomer } from '../health/customer.ts';
import type { Placement } from '../health/placement.ts';
import type { Health } from '../health/score.ts';
import { isOpen } from './life-cycle.ts';
import type { RiskFlag } from './triage.ts';

/** A strategic account in danger, with somebody who owns it and a way out of the danger. */
export interface WarRoom {
  readonly accountId: string;
  readonly name: string | null;
  readonly openedOn: Day;
  /** exit_pending: its exit criteria hold, not yet for long enough. */
  readonly state: 'open' | 'exit_pending' | 'closed';
  /** The manager of the account, else its CSM. */
  readonly ownerEmail: string | null;
  readonly rhythm: string;
  /** What is wrong, or was when something last was. */
  readonly reasons: string;
  readonly exitCriteria: string;
  readonly criteriaMetSince: Day | null;
  /** 1 on the day it opens. */
  readonly dayCount: number;
  readonly arrCents: Cents;
}

/** What must be read back from the last run's rows. */
export type PastWarRoom = Pick<WarRoom, 'openedOn' | 'state' | 'reasons' | 'criteriaMetSince'>;

interface Judged {
  readonly placement: Pick<Placement, 'segment'>;
  readonly health: Pick<Health, 'band'>;
  readonly riskFlags: readonly RiskFlag[];
}

type Course = Pick<WarRoom, 'openedOn' | 'state' | 'reasons' | 'criteriaMetSince'>;

/**
 * The war room of an account today; null when it has none. Opened for strategic accounts that are red or
 * have a critical flag; once open it runs to its exit criteria, whatever becomes of its segment. A
 * band that is not known today neither opens a room nor lets one close.
 */
export const nextWarRoom = (
  account: AccountRow,
  judged: Judged,
  past: PastWarRoom | null,
  { war_room: rule }: RiskPolicy,
): WarRoom | null => {
  const running = past === null || past.state === 'closed' ? null : past;
  const course =
    running === null
      ? opening(account, judged, rule.segments)
      : continued(running, account, judged, rule.exit_days);
  if (course === null) return null;
  return {
    accountId: account.accountId,
    name: account.name,
    ownerEmail: account.managerEmail ?? account.ownerEmail,
    rhythm: rule.rhythm,
    exitCriteria: `band green or yellow and no critical flag, for ${rule.exit_days} days in a row`,
    dayCount: daysBetween(course.openedOn, account.asOf) + 1,
    arrCents: account.arrCents,
    ...course,
  };
};

function opening(account: AccountRow, judged: Judged, segments: readonly string[]): Course | null {
  const { segment } = judged.placement;
  if (account.strategic !== true && !segments.includes(segment.id)) return null;
  const reasons = troubles(judged);
  if (reasons === null) return null;
  return { openedOn: account.asOf, state: 'open', reasons, criteriaMetSince: null };
}

function continued(
  past: PastWarRoom,
  account: AccountRow,
  judged: Judged,
  exitDays: number,
): Course {
  const { openedOn, state } = past;
  if (!isCustomer(account)) {
    return { openedOn, state: 'closed', reasons: 'no live contract', criteriaMetSince: null };
  }
  const reasons = troubles(judged);
  if (reasons !== null) return { openedOn, state: 'open', reasons, criteriaMetSince: null };
  const { reasons: lastReasons, criteriaMetSince } = past;
  if (judged.health.band === 'unscored') {
    return { openedOn, state, reasons: lastReasons, criteriaMetSince };
  }
  const since = criteriaMetSince ?? account.asOf;
  const isOver = daysBetween(since, account.asOf) >= exitDays;
  return {
    openedOn,
    state: isOver ? 'closed' : 'exit_pending',
    reasons: lastReasons,
    criteriaMetSince: since,
  };
}

/** What keeps a room open, in words; null when nothing is known to. */
function troubles({ health, riskFlags }: Judged): string | null {
  const critical = riskFlags.filter((flag) => isOpen(flag) && flag.severity === 'critical');
  const reasons = [
    ...(health.band === 'red' ? ['band red'] : []),
    ...critical.map(({ flag, evidence }) => `${flag}: ${evidence}`),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}
