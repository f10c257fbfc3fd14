import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Cents } from '../basics/money.ts';
import type { RiskPolicy } from '../config/risk.ts';
import { flagIds } from '../config/risk-flags.ts';
import { NOBODY } from '../health/segment-health.ts';
import { isOpen } from './life-cycle.ts';
import { PLAY_OPEN } from './quiet.ts';
import { severityRank } from './severity.ts';
import type { RiskFlag } from './triage.ts';

/** Flags beyond the budget that are listed as held; the rest of them is counted. */
export const HELD_EXAMPLES = 10;

/** One flag as it is shown to the owner of its account, or held back, and why. */
export interface FlagAlert {
  readonly ownerEmail: string;
  /** 1 for what the owner should look at first. */
  readonly rank: number;
  readonly decision: 'shown' | 'held';
  readonly reason: string;
  readonly riskFlag: ToldFlag;
}

/** What is told of a flag: thousands of owners have some, so no more of it is kept than that. */
export type ToldFlag = Pick<
  RiskFlag,
  | 'accountId'
  | 'name'
  | 'flag'
  | 'severity'
  | 'state'
  | 'evidence'
  | 'arrCents'
  | 'play'
  | 'playName'
  | 'dueOn'
>;

/** How the open flags of one owner were dealt with: shown and held sum to open. */
export interface OwnerBudget {
  readonly ownerEmail: string;
  readonly budget: number;
  readonly openFlags: number;
  readonly shown: number;
  readonly heldByBudget: number;
  readonly heldByPlay: number;
  readonly heldByCooldown: number;
  readonly heldByGuard: number;
  /** ARR of the accounts of which a flag is shown, each counted once. */
  readonly arrShownCents: Cents;
  /** ARR of the accounts of which every open flag is held. */
  readonly arrHeldCents: Cents;
}

interface Desk {
  readonly budget: number;
  readonly critical: ToldFlag[];
  /** The best of the others, in order: what the budget can hold, and examples of what it cannot. */
  readonly best: ToldFlag[];
  others: number;
  byPlay: number;
  byCooldown: number;
  arrCents: Cents;
}

/**
 * Shares out the attention of each owner as accounts stream past: attention is what runs out first,
 * and a list of everything is read by nobody. Critical flags are always shown and use the budget up;
 * others are shown while any of it is left. Memory grows with owners and critical flags alone.
 */
export const alertTally = ({ alert_budget, alert_budgets }: RiskPolicy) => {
  const desks = new Map<string, Desk>();

  const deskOf = (owner: string): Desk => {
    const found = desks.get(owner);
    if (found !== undefined) return found;
    const budget = Object.hasOwn(alert_budgets, owner) ? alert_budgets[owner] : undefined;
    const counts = { others: 0, byPlay: 0, byCooldown: 0, arrCents: 0 };
    const desk = { budget: budget ?? alert_budget, critical: [], best: [], ...counts };
    desks.set(owner, desk);
    return desk;
  };

  return {
    /** All flags of one account, so that its ARR counts once; cleared ones are passed over. */
    add(flagsOfAccount: readonly RiskFlag[]): void {
      const open = flagsOfAccount.filter(isOpen);
      const [first] = open;
      if (first === undefined) return;
      const desk = deskOf(first.ownerEmail ?? NOBODY);
      desk.arrCents += first.arrCents;
      for (const flag of open) {
        if (flag.quietBecause === PLAY_OPEN) desk.byPlay += 1;
        else if (flag.quietBecause !== null) desk.byCooldown += 1;
        else if (flag.severity === 'critical') desk.critical.push(told(flag));
        else {
          desk.others += 1;
          keepBest(desk.best, flag, desk.budget + HELD_EXAMPLES);
        }
      }
    },

    /** Decides, owner by owner. A closed drift guard holds everything: the run itself is in doubt. */
    finish({ heldByGuard }: { heldByGuard: string | null }): {
      alerts: FlagAlert[];
      budgets: OwnerBudget[];
    } {
      const decided = [...desks]
        .sort(([a], [b]) => compareUtf8(a, b))
        .map(([owner, desk]) => decide(owner, desk, heldByGuard));
      return {
        alerts: decided.flatMap(({ alerts }) => alerts),
        budgets: decided.map(({ budget }) => budget),
      };
    },
  };
};

function decide(ownerEmail: string, desk: Desk, heldByGuard: string | null) {
  const { budget, critical, best, others } = desk;
  const room = Math.max(0, budget - critical.length);
  const inOrder = [...critical.sort(byUrgency), ...best.slice(0, room + HELD_EXAMPLES)];
  const alerts = inOrder.map((riskFlag, index): FlagAlert => {
    const isCritical = riskFlag.severity === 'critical';
    const fits = index < critical.length + room;
    const why = isCritical
      ? 'critical: always shown'
      : `${fits ? 'within' : 'beyond'} the budget of ${budget}`;
    return {
      ownerEmail,
      rank: index + 1,
      decision: fits && heldByGuard === null ? 'shown' : 'held',
      reason: heldByGuard ?? why,
      riskFlag,
    };
  });
  const shown = alerts.filter(({ decision }) => decision === 'shown');
  const audible = critical.length + others;
  const arrShownCents = arrOf(shown);
  const counts: OwnerBudget = {
    ownerEmail,
    budget,
    openFlags: audible + desk.byPlay + desk.byCooldown,
    shown: shown.length,
    heldByBudget: heldByGuard === null ? audible - shown.length : 0,
    heldByPlay: desk.byPlay,
    heldByCooldown: desk.byCooldown,
    heldByGuard: heldByGuard === null ? 0 : audible,
    arrShownCents,
    arrHeldCents: desk.arrCents - arrShownCents,
  };
  return { alerts, budget: counts };
}

const arrOf = (alerts: readonly FlagAlert[]): Cents => {
  const accounts = new Map(alerts.map(({ riskFlag }) => [riskFlag.accountId, riskFlag.arrCents]));
  return [...accounts.values()].reduce((sum, cents) => sum + cents, 0);
};

const told = (flag: RiskFlag): ToldFlag => ({
  accountId: flag.accountId,
  name: flag.name,
  flag: flag.flag,
  severity: flag.severity,
  state: flag.state,
  evidence: flag.evidence,
  arrCents: flag.arrCents,
  play: flag.play,
  playName: flag.playName,
  dueOn: flag.dueOn,
});

/** Keeps a list in order and no longer than the limit. */
function keepBest(best: ToldFlag[], flag: RiskFlag, limit: number): void {
  const last = best.at(-1);
  if (best.length >= limit && last !== undefined && byUrgency(last, flag) < 0) return;
  const after = best.findIndex((kept) => byUrgency(flag, kept) < 0);
  best.splice(after === -1 ? best.length : after, 0, told(flag));
  if (best.length > limit) best.pop();
}

const place = new Map(flagIds.map((id, index) => [id, index]));
const isOld = ({ state }: ToldFlag): number => (state === 'ongoing' ? 1 : 0);

/**
 * The worst first. Of the equally bad, what has just been raised; then the most ARR;
 * then by id, so that the order is the same in every run.
 */
const byUrgency = (a: ToldFlag, b: ToldFlag): number =>
  severityRank[a.severity] - severityRank[b.severity] ||
  isOld(a) - isOld(b) ||
  b.arrCents - a.arrCents ||
  compareUtf8(a.accountId, b.accountId) ||
  (place.get(a.flag) ?? 0) - (place.get(b.flag) ?? 0);
