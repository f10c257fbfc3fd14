import type { Day } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { ParquetFile } from '../publish/parquet-file.ts';
import type { contractionList, priorityQueues } from '../publish/revenue-tables.ts';
import { type AccountFacts, accountFacts } from '../revenue/account-facts.ts';
import type { contractionTally } from '../revenue/contraction.ts';
import type { Standing } from '../revenue/customer.ts';
import type { Books } from '../revenue/ledger.ts';
import type { QueueCandidate } from '../revenue/queue-candidate.ts';
import { queueTally } from '../revenue/queues.ts';
import { contractionRow, type HealthOfCustomer } from './contraction-row.ts';
import { healthBefore } from './health-before.ts';
import { healthCandidates, type KnownAccount } from './health-candidates.ts';
import type { PastDay } from './past-days.ts';
import type { Printed } from './revenue-rows.ts';
import type { Shown } from './revenue-stream.ts';

interface Worklists {
  readonly asOf: Day;
  readonly printed: Printed;
  readonly queueSize: number;
  readonly books: Books;
  /** The health that they are told beside; without it, only what contracts say. */
  readonly health: PastDay | null;
}

/** Who to work on and who shrank: contracts as they stream past, then the health beside them. */
export const worklistDesk = ({ asOf, printed, queueSize, books, health }: Worklists) => {
  const { currency } = printed;
  const queues = queueTally({ size: queueSize, asOf, currency });
  const accounts = new Map<string, KnownAccount>();
  /** Those of whom contracts alone say something, until the health is seen to know them. */
  const notable = new Map<string, QueueCandidate>();

  return {
    show(shown: Shown): void {
      const { customerId } = shown.customer;
      for (const [accountId, facts] of accountFacts(shown.ledger, books)) {
        if (facts.arrCents === 0) continue;
        const isNotable = facts.underNoticeCents + facts.contractedCents > 0;
        if (isNotable) notable.set(accountId, withoutHealth(accountId, facts, shown, books));
        if (health !== null) accounts.set(accountId, { ...facts, customerId });
      }
    },

    /** Reads the health once, for the queues and for those who shrank. */
    async write(
      open: {
        readonly contractionList: ParquetFile<typeof contractionList>;
        readonly priorityQueues: ParquetFile<typeof priorityQueues>;
      },
      contractions: ReturnType<typeof contractionTally>,
      { openingCents, store }: { openingCents: number; store: ObjectStore },
    ): Promise<void> {
      const listed = contractions.largest();
      const healthOf = new Map<string, HealthOfCustomer>();
      if (health !== null) {
        const sought = new Set(
          listed.flatMap(({ accountIds }) => accountIds.filter((id) => accounts.has(id))),
        );
        for await (const candidate of healthCandidates(store, health, accounts)) {
          queues.add(candidate);
          notable.delete(candidate.accountId);
          if (sought.has(candidate.accountId)) noteWorst(healthOf, candidate);
        }
      }
      for (const candidate of notable.values()) queues.add(candidate);
      const healthsBefore = await healthBefore(store, listed);
      for (const [index, contraction] of listed.entries()) {
        const found = healthOf.get(contraction.customer.customerId) ?? null;
        const before = healthsBefore.get(contraction.customer.customerId) ?? null;
        const healthOn = health?.asOf ?? null;
        const about = { rank: index + 1, ...printed, healthOn, found, before };
        open.contractionList.add(contractionRow(contraction, about));
      }
      for (const row of queues.rows(openingCents)) {
        open.priorityQueues.add({
          queue: row.queue,
          rank: row.rank,
          account_id: row.accountId,
          customer_id: row.customerId,
          name: row.name,
          segment: row.segment,
          owner_email: row.ownerEmail,
          arr_cents: row.arrCents,
          at_stake_cents: row.atStakeCents,
          nrr_points: row.nrrPoints,
          currency,
          why: row.why,
          do_next: row.doNext,
          reason: row.reason,
          definitions_id: printed.definitionsId,
        });
      }
    },
  };
};

/** What contracts alone can say: who is leaving, and who shrank. */
function withoutHealth(
  accountId: string,
  facts: AccountFacts,
  { customer, standings }: Shown,
  { calendar }: Books,
): QueueCandidate {
  return {
    ...facts,
    accountId,
    customerId: customer.customerId,
    name: customer.name,
    ownerEmail: customer.ownerEmail,
    segment: (standings[calendar.today] as Standing).segment.id,
    score: null,
    band: 'unscored',
    trend: 'insufficient data',
    topDriver: null,
    flags: [],
    seatUse: null,
  };
}

/** A customer of several accounts is as well as the worst of them. */
function noteWorst(healthOf: Map<string, HealthOfCustomer>, candidate: QueueCandidate): void {
  const { customerId, score, band, topDriver } = candidate;
  const worst = healthOf.get(customerId);
  if (worst !== undefined && (score ?? 101) >= (worst.score ?? 101)) return;
  healthOf.set(customerId, { score, band, topDriver });
}
