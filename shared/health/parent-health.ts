import { roundTo } from '../basics/ratio.ts';
import type { Model } from '../config/model.ts';
import { type Band, bandOf } from './band.ts';

/** A group of accounts under one parent: how it stands as a whole, and who in it is worst off. */
export interface ParentHealth {
  readonly parentAccountId: string;
  readonly parentName: string | null;
  readonly accounts: number;
  readonly scoredAccounts: number;
  readonly arrCents: number;
  /** Mean score of its accounts weighted by ARR; null when none of them has a score. */
  readonly score: number | null;
  readonly band: Band;
  readonly worst: GroupMember | null;
}

export interface GroupMember {
  readonly accountId: string;
  readonly name: string | null;
  readonly score: number | null;
  readonly band: Band;
  readonly arrCents: number;
}

/** What is known of a group so far. */
interface Group {
  name: string | null;
  accounts: number;
  scored: number;
  arrCents: number;
  weighted: number;
  weight: number;
  worst: GroupMember | null;
}

/**
 * Rolls accounts up to their ultimate parent, itself included, as they stream past. A large healthy
 * parent hides a small daughter in trouble, so the worst is named. Memory grows with parents.
 */
export const parentTally = () => {
  const groups = new Map<string, Group>();
  const groupOf = (id: string): Group => {
    const found = groups.get(id);
    if (found !== undefined) return found;
    const made = { name: null, accounts: 0, scored: 0, arrCents: 0, weighted: 0, weight: 0 };
    groups.set(id, { ...made, worst: null });
    return groups.get(id) as Group;
  };

  return {
    counted: groups as ReadonlyMap<string, Group>,
    /** Tells what a parent is called, though it may have no contract of its own. */
    name(parentId: string, name: string | null): void {
      groupOf(parentId).name = name;
    },
    /** `parentId` is the ultimate parent; an account that is nobody's daughter may be a parent. */
    add(member: GroupMember, parentId: string | null, isParent: boolean): void {
      if (parentId === null && !isParent) return;
      const group = groupOf(parentId ?? member.accountId);
      group.accounts += 1;
      group.arrCents += member.arrCents;
      if (member.score === null) return;
      group.scored += 1;
      group.weighted += member.arrCents * member.score;
      group.weight += member.arrCents;
      if (isWorse(member, group.worst)) group.worst = member;
    },

    /** Adds what was counted of the accounts that come next. */
    absorb(others: ReadonlyMap<string, Group>): void {
      for (const [id, other] of others) {
        const group = groupOf(id);
        group.name ??= other.name;
        group.accounts += other.accounts;
        group.scored += other.scored;
        group.arrCents += other.arrCents;
        group.weighted += other.weighted;
        group.weight += other.weight;
        if (isWorse(other.worst, group.worst)) group.worst = other.worst;
      }
    },

    /** One after the other, because there are many. */
    *parents(model: Model): Generator<ParentHealth> {
      for (const [parentAccountId, group] of groups) {
        if (group.accounts === 0) continue;
        const score = group.weight === 0 ? null : roundTo(group.weighted / group.weight, 1);
        yield {
          parentAccountId,
          parentName: group.name,
          accounts: group.accounts,
          scoredAccounts: group.scored,
          arrCents: group.arrCents,
          score,
          band: score === null ? 'unscored' : bandOf(score, model.bands),
          worst: group.worst,
        };
      }
    },
  };
};

/** Accounts come in the order of their ids, so a tie stays with the first. */
const isWorse = (one: GroupMember | null, other: GroupMember | null): boolean =>
  one?.score != null && (other?.score == null || one.score < other.score);
