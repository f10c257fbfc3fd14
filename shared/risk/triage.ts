import type { Cents } from '../basics/money.ts';
import type { RiskPolicy } from '../config/risk.ts';
import type { FlagId } from '../config/risk-flags.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import { isCustomer } from '../health/customer.ts';
import type { Placement } from '../health/placement.ts';
import type { Health } from '../health/score.ts';
import type { Since } from '../health/tenure.ts';
import {
  type Category,
  clearBecause,
  type Flag,
  type FlagContext,
  type Signal,
  unknown,
} from './flag.ts';
import { flags } from './flags/index.ts';
import { daysOpen, type Episode, isOpen, nextEpisode } from './life-cycle.ts';
import { type Nullable, noPlay, type PlannedPlay, plannerFor } from './plays.ts';
import { quietBecauseFor } from './quiet.ts';

/** A flag of an account as of a day: open, or cleared and not yet forgotten. */
export interface RiskFlag extends Episode, Nullable<PlannedPlay> {
  readonly accountId: string;
  readonly name: string | null;
  /** Id of its segment. */
  readonly segment: string;
  readonly ownerEmail: string | null;
  readonly flag: FlagId;
  readonly category: Category;
  /** Days it has been open, or was open before it cleared. */
  readonly daysOpen: number;
  /** At stake: all live ARR of the account. */
  readonly arrCents: Cents;
  readonly currency: string;
  /** Why it is not told to anybody; null when it is. */
  readonly quietBecause: string | null;
}

/** What must be read back from the last run's rows. */
export type PastFlag = Episode & Pick<RiskFlag, 'flag' | 'dueOn'>;

interface TriagePolicy {
  readonly policy: RiskPolicy;
  readonly answerable: Answerable;
  readonly since: Since;
  /** Reporting currency. */
  readonly currency: string;
}

interface Judged {
  readonly placement: Pick<Placement, 'segment' | 'stage'>;
  readonly health: Pick<Health, 'band' | 'lines'>;
}

/**
 * Asks every flag about account after account and says where each stands, what is to be done and
 * by whom. Prepares once what is the same for all accounts; keeps nothing of an account.
 */
export const triageFor = ({ policy, answerable, since, currency }: TriagePolicy) => {
  const asked = flags.map((flag) => ({
    flag,
    settled: settledFor(flag, policy, answerable),
    plan: plannerFor(flag.id, policy),
    quietBecause: quietBecauseFor(flag, policy),
  }));

  /** Rows in the order of the flags, at most one of each. `past`: the account's rows of the last run. */
  return (account: AccountRow, judged: Judged, past: readonly PastFlag[]): RiskFlag[] => {
    const context = contextOf(judged, { policy, since, currency });
    const memory = { asOf: account.asOf, rememberDays: policy.remember_days };
    const left = !isCustomer(account);
    const rows: RiskFlag[] = [];
    for (const { flag, settled, plan, quietBecause } of asked) {
      const last = rowOf(flag.id, past);
      context.isOpen = last !== undefined && isOpen(last);
      const signal = left ? noContract : (settled ?? flag.judge(account, context));
      const episode = nextEpisode(last, signal, memory);
      if (episode === null) continue;

      const dueBefore = context.isOpen ? (last?.dueOn ?? null) : null;
      const planned = isOpen(episode)
        ? plan({ account, severity: episode.severity, dueBefore })
        : noPlay;
      rows.push({
        accountId: account.accountId,
        name: account.name,
        segment: judged.placement.segment.id,
        ownerEmail: account.ownerEmail,
        flag: flag.id,
        category: flag.category,
        state: episode.state,
        severity: episode.severity,
        peakSeverity: episode.peakSeverity,
        raisedOn: episode.raisedOn,
        firstRaisedOn: episode.firstRaisedOn,
        clearedOn: episode.clearedOn,
        clearedBecause: episode.clearedBecause,
        episodes: episode.episodes,
        evidence: episode.evidence,
        unconfirmed: episode.unconfirmed,
        daysOpen: daysOpen(episode, account.asOf),
        arrCents: account.arrCents,
        currency,
        play: planned.play,
        playName: planned.playName,
        actions: planned.actions,
        playOwnerEmail: planned.playOwnerEmail,
        playOwnerReason: planned.playOwnerReason,
        dueOn: planned.dueOn,
        quietBecause: quietBecause(episode, account),
      });
    }
    return rows;
  };
};

export type Triage = ReturnType<typeof triageFor>;

/** An answer that is the same for every account, because the flag cannot or must not be asked. */
function settledFor(
  { id, needs }: Flag,
  policy: RiskPolicy,
  answerable: Answerable,
): Signal | null {
  if (!policy.flags[id].enabled) return clearBecause('the flag is switched off in the config');
  const reason = answerable(needs);
  return reason === null ? null : unknown(reason);
}

/** Not by `find`, whose function would be made anew for every flag of every account. */
function rowOf(flag: FlagId, rows: readonly PastFlag[]): PastFlag | undefined {
  for (const row of rows) if (row.flag === flag) return row;
  return undefined;
}

const noContract = clearBecause('no live contract');

/** One context for all flags of an account; only whether the flag is open changes between them. */
const contextOf = (
  { placement: { segment, stage }, health: { band, lines } }: Judged,
  { policy, since, currency }: Omit<TriagePolicy, 'answerable'>,
): FlagContext & { isOpen: boolean } => ({
  policy: policy.flags,
  currency,
  isOpen: false,
  band,
  pointsOf: (measure) => lines.find((line) => line.measure === measure)?.points ?? null,
  expectsOutcomes: segment.expects_outcomes,
  touchDays: segment.touch_days,
  since,
  stage,
});
