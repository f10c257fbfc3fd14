import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Cents } from '../basics/money.ts';
import { shareOf } from '../basics/ratio.ts';
import {
  type QueueCandidate,
  type QueueName,
  type QueueScope,
  queueNames,
} from './queue-candidate.ts';
import { verdictOf } from './queue-rules.ts';

/** An account in its place. */
export interface QueueRow
  extends Pick<
    QueueCandidate,
    'accountId' | 'customerId' | 'name' | 'ownerEmail' | 'segment' | 'arrCents'
  > {
  readonly queue: QueueName;
  /** 1 has the most at stake. */
  readonly rank: number;
  readonly atStakeCents: Cents;
  /** At stake, in points of the NRR of the whole; null where there was nothing to retain. */
  readonly nrrPoints: number | null;
  /** A sentence with the numbers. */
  readonly why: string;
  readonly doNext: string;
  /** Why to leave it alone; null in the other queues. */
  readonly reason: string | null;
}

type Kept = Omit<QueueRow, 'rank' | 'nrrPoints'>;

/**
 * Ranks accounts by the NRR at stake as they stream past, in any order: nobody works on more than a
 * few, so each queue keeps no more than that. Source: the rule of 15, Impact Weekly.
 */
export const queueTally = ({ size, ...scope }: QueueScope & { readonly size: number }) => {
  const queues = new Map(queueNames.map((queue) => [queue, [] as Kept[]]));

  return {
    add(account: QueueCandidate): void {
      const verdict = verdictOf(account, scope);
      if (verdict === null || verdict.atStakeCents <= 0) return;
      const { queue, atStakeCents, say } = verdict;
      const kept = queues.get(queue) as Kept[];
      const { accountId, customerId, name, ownerEmail, segment, arrCents } = account;
      const place = placeOf(kept, { accountId, atStakeCents });
      if (place >= size) return;
      const whose = { accountId, customerId, name, ownerEmail, segment, arrCents };
      kept.splice(place, 0, { queue, ...whose, atStakeCents, ...say() });
      if (kept.length > size) kept.pop();
    },

    /** Queue by queue, in order. `openingCents`: ARR of the whole at the opening of the window. */
    rows: (openingCents: Cents): QueueRow[] =>
      queueNames.flatMap((queue) =>
        (queues.get(queue) as Kept[]).map((kept, index) => {
          const share = shareOf(kept.atStakeCents, openingCents);
          return { ...kept, rank: index + 1, nrrPoints: share === null ? null : 100 * share };
        }),
      ),
  };
};

type Ranked = Pick<Kept, 'accountId' | 'atStakeCents'>;

/** The most at stake first, and of equals by id, so that the order is the same in every run. */
const byStake = (a: Ranked, b: Ranked): number =>
  b.atStakeCents - a.atStakeCents || compareUtf8(a.accountId, b.accountId);

/** Where it goes in a list in order: behind all that come before it. */
function placeOf(kept: readonly Kept[], account: Ranked): number {
  const last = kept.at(-1);
  // Most of a million come behind all that are kept.
  if (last === undefined || byStake(last, account) <= 0) return kept.length;
  return kept.findIndex((other) => byStake(account, other) < 0);
}
