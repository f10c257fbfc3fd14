import { type Day, dayFromEpoch, dayToEpoch } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import { domainEvent } from '../events/domain-event.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { Answerable } from '../health/answerable.ts';
import type { OpenTables } from '../publish/publication.ts';
import { countdown, type Milestone, type PastMilestone } from '../renewals/milestones.ts';
import { type RenewalReadiness, readinessFor } from '../renewals/readiness/readiness.ts';
import type { PastDay } from './past-days.ts';
import { milestoneRow, readinessRow } from './renewal-rows.ts';
import type { NearRenewal, RenewalRow } from './renewal-stream.ts';
import type { renewalTables } from './renewal-tables.ts';

interface Desk {
  readonly asOf: Day;
  readonly config: Config;
  readonly answerable: Answerable;
  readonly lastRun: PastDay | null;
}

/** The countdown of a renewal, and what is ready for it. */
export interface Prepared {
  readonly steps: readonly Milestone[];
  readonly readiness: RenewalReadiness | null;
}

const UNPREPARED: Prepared = { steps: [], readiness: null };

/** Writes the countdown of one renewal after the other, and what is ready for it. */
export const countdownDesk = (
  { asOf, config, answerable, lastRun }: Desk,
  open: OpenTables<typeof renewalTables>,
  tallies: { milestonesReached: number },
) => {
  const today = dayToEpoch(asOf);
  const lastDay = lastRun === null ? null : dayToEpoch(lastRun.asOf);
  const policy = config.renewals;
  const segments = new Map(config.segments.map((segment) => [segment.id, segment]));
  const readinessOf = readinessFor({
    ...{ policy: policy.readiness, answerable, currency: config.currency.reporting },
    supportEmail: config.risk.support_email ?? null,
  });

  const readyFor = (account: AccountRow, renewal: NearRenewal): RenewalReadiness | null => {
    const { row, clock } = renewal;
    const segment = segments.get(row.segment);
    const isOpen = row.state === 'open' || row.state === 'late';
    if (!isOpen || segment === undefined) return null;
    return readinessOf(account, {
      ...{ segment, asOf, daysToClock: clock - today },
      ...{ decisionOn: row.decision_on as Day, termEnd: row.term_end as Day },
    });
  };

  return (account: AccountRow, renewal: NearRenewal, past: readonly PastMilestone[]): Prepared => {
    const { row, standing, start, end, clock, isNew } = renewal;
    const now = { asOf: today, clock, start, end, state: standing.state, past, isNew };
    const steps = countdown({ ...now, lastRun: lastDay }, policy.milestones, row.segment);
    if (steps.length === 0) return UNPREPARED;
    const readiness = readyFor(account, renewal);
    for (const item of readiness?.items ?? []) open.renewalReadiness.add(readinessRow(row, item));
    for (const step of steps) {
      open.renewalMilestones.add(milestoneRow(row, step, { clock, readiness }));
      if (step.state !== 'reached') continue;
      tallies.milestonesReached += 1;
      open.renewalEvents.add(milestoneEvent(row, step, { asOf, readiness }));
    }
    return { steps, readiness };
  };
};

interface Reached {
  readonly asOf: Day;
  readonly readiness: RenewalReadiness | null;
}

const milestoneEvent = (row: RenewalRow, step: Milestone, { asOf, readiness }: Reached) =>
  domainEvent(
    'RenewalMilestoneReached',
    { asOf, subject: row.renewal_id, key: String(step.days) },
    {
      renewalId: row.renewal_id,
      contractId: row.contract_id,
      accountId: row.account_id,
      milestoneDays: step.days,
      milestoneOn: dayFromEpoch(step.on),
      decisionOn: row.decision_on as Day,
      termEnd: row.term_end as Day,
      arrCents: row.due_arr_cents,
      currency: row.currency,
      segment: row.segment,
      ownerEmail: row.owner_email,
      readinessScore: readiness?.score ?? null,
      isLate: step.on < dayToEpoch(asOf),
    },
  );
