import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Cents } from '../basics/money.ts';
import { assert } from '../basics/problem.ts';
import type { RiskPolicy } from '../config/risk.ts';
import { NOBODY } from '../health/segment-health.ts';
import { arrOf, codeOf, type KeptFlags, merged, movedBy, placeFor, rowOf } from './kept-flags.ts';
import { isOpen } from './life-cycle.ts';
import { PLAY_OPEN } from './quiet.ts';
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
  /** Which of the run's rows of flags it is. */
  readonly row: number;
}

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
  /** The best of the audible, in order: what is shown, and examples of what is not. */
  kept: KeptFlags;
  audible: number;
  critical: number;
  byPlay: number;
  byCooldown: number;
  arrCents: Cents;
}

/** How far the flags of each owner have been counted. */
export type AlertsCounted = ReadonlyMap<string, Desk>;

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
    const counts = { audible: 0, critical: 0, byPlay: 0, byCooldown: 0, arrCents: 0 };
    const desk = { budget: budget ?? alert_budget, kept: [], ...counts };
    desks.set(owner, desk);
    return desk;
  };

  return {
    /** Plain data that another tally can absorb. */
    counted: (): AlertsCounted => desks,

    /** Adds what was counted of the accounts that come next, whose flags have rows from there on. */
    absorb(others: AlertsCounted, rows: number): void {
      for (const [owner, other] of others) {
        const desk = deskOf(owner);
        desk.audible += other.audible;
        desk.critical += other.critical;
        desk.kept = merged(desk.kept, movedBy(rows, other.kept));
        letGo(desk);
        desk.byPlay += other.byPlay;
        desk.byCooldown += other.byCooldown;
        desk.arrCents += other.arrCents;
      }
    },

    /**
     * All flags of one account, so that its ARR counts once, and the row of the first of them;
     * cleared ones are passed over.
     */
    add(flagsOfAccount: readonly RiskFlag[], account: number): void {
      const first = flagsOfAccount.find(isOpen);
      if (first === undefined) return;
      const desk = deskOf(first.ownerEmail ?? NOBODY);
      desk.arrCents += first.arrCents;
      for (const [at, flag] of flagsOfAccount.entries()) {
        if (!isOpen(flag)) continue;
        if (flag.quietBecause === PLAY_OPEN) desk.byPlay += 1;
        else if (flag.quietBecause !== null) desk.byCooldown += 1;
        else {
          desk.audible += 1;
          if (flag.severity === 'critical') desk.critical += 1;
          keep(desk, codeOf(flag, account, at), flag.arrCents);
        }
      }
    },

    /**
     * Decides, owner by owner. A closed drift guard holds everything: the run itself is in doubt.
     * Alerts come in the order of the rows of the flags, and as they are asked for: there are many.
     */
    finish({ heldByGuard }: { heldByGuard: string | null }): {
      alerts: Iterable<FlagAlert>;
      budgets: OwnerBudget[];
    } {
      const owners = [...desks].sort(([a], [b]) => compareUtf8(a, b));
      return {
        alerts: alertsOf(owners, heldByGuard),
        budgets: owners.map(([owner, desk]) => budgetOf(owner, desk, heldByGuard)),
      };
    },
  };
};

/** More alerts than there will ever be, so that a row and a place among them fit into one number. */
const PLACES = 2 ** 24;

function* alertsOf(
  desks: readonly (readonly [string, Desk])[],
  heldByGuard: string | null,
): Generator<FlagAlert> {
  const count = desks.reduce((sum, [, { kept }]) => sum + kept.length / 2, 0);
  assert(count <= PLACES, 'a key has room for the alerts');
  const keys = new Float64Array(count);
  const ownerOf = new Uint32Array(count);
  const starts: number[] = [];
  let place = 0;
  for (const [at, [, { kept }]] of desks.entries()) {
    starts.push(place);
    for (let index = 0; index < kept.length; index += 2, place += 1) {
      keys[place] = rowOf(kept[index] as number) * PLACES + place;
      ownerOf[place] = at;
    }
  }
  for (const key of keys.sort()) {
    const at = ownerOf[key % PLACES] as number;
    const [ownerEmail, desk] = desks[at] as readonly [string, Desk];
    const index = (key % PLACES) - (starts[at] as number);
    const fits = index < fitting(desk);
    const why =
      index < desk.critical
        ? 'critical: always shown'
        : `${fits ? 'within' : 'beyond'} the budget of ${desk.budget}`;
    yield {
      ownerEmail,
      rank: index + 1,
      decision: fits && heldByGuard === null ? 'shown' : 'held',
      reason: heldByGuard ?? why,
      row: Math.floor(key / PLACES),
    };
  }
}

function budgetOf(ownerEmail: string, desk: Desk, heldByGuard: string | null): OwnerBudget {
  const { budget, audible, kept } = desk;
  const shown = heldByGuard === null ? kept.slice(0, 2 * fitting(desk)) : [];
  const arrShownCents = arrOf(shown);
  return {
    ownerEmail,
    budget,
    openFlags: audible + desk.byPlay + desk.byCooldown,
    shown: shown.length / 2,
    heldByBudget: heldByGuard === null ? audible - shown.length / 2 : 0,
    heldByPlay: desk.byPlay,
    heldByCooldown: desk.byCooldown,
    heldByGuard: heldByGuard === null ? 0 : audible,
    arrShownCents,
    arrHeldCents: desk.arrCents - arrShownCents,
  };
}

/** Critical flags come first in the order, so that no more than these need be kept. */
const fitting = ({ budget, critical }: Desk): number => Math.max(budget, critical);

/** Keeps flags in order, and no more of them than can be told of. */
function keep(desk: Desk, code: number, arrCents: Cents): void {
  const { kept } = desk;
  const at = placeFor(kept, code, arrCents);
  if (at < 2 * mostTold(desk)) kept.splice(at, 0, code, arrCents);
  letGo(desk);
}

const mostTold = (desk: Desk): number => fitting(desk) + HELD_EXAMPLES;

function letGo(desk: Desk): void {
  desk.kept.length = Math.min(desk.kept.length, 2 * mostTold(desk));
}
