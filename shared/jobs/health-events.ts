import type { Day } from '../basics/day.ts';
import { domainEvent } from '../events/domain-event.ts';
import type { EventData, EventType } from '../events/event-types.ts';
import { bandWords } from '../events/health-event-types.ts';
import type { AccountRow } from '../features/account-row.ts';
import type { PastHealth } from '../health/movement.ts';
import type { Placement } from '../health/placement.ts';
import type { Health } from '../health/score.ts';
import type { healthEvents } from '../publish/event-tables.ts';
import { manifestPath } from '../publish/manifest.ts';
import type { TableRows } from '../publish/parquet-file.ts';
import type { riskFlags } from '../publish/risk-tables.ts';
import type { Run } from '../publish/run-key.ts';
import type { RowOf } from '../publish/table.ts';
import type { SourceState } from '../sources/finding.ts';
import { isDegraded } from './run-once.ts';
import type { ScoreSummary } from './score-stream.ts';

interface Desk {
  readonly asOf: Day;
  readonly currency: string;
  /** The first run has nothing to compare with: to it every flag is new, and no event is. */
  readonly isFirst: boolean;
}

/** Flags that others wait for by a name of their own. */
const ownEvents = {
  onboarding_stalled: 'OnboardingStalled',
  sponsor_gone: 'SponsorLeft',
} as const satisfies Readonly<Record<string, EventType>>;

/** Plans what is told of each account, beside the tables that say the same. */
export const healthEventDesk = (
  { asOf, currency, isFirst }: Desk,
  to: Pick<TableRows<typeof healthEvents>, 'add'>,
) => ({
  band(account: AccountRow, { segment }: Placement, health: Health, before: PastHealth | null) {
    if (isFirst || before === null || before.band === health.band) return;
    const { accountId, arrCents, ownerEmail } = account;
    const [from, now] = [before.band, health.band];
    const fact = { asOf, subject: accountId, key: `${from} to ${now}` };
    to.add(
      domainEvent('HealthBandChanged', fact, {
        ...{ accountId, segment: segment.id, from, to: now, score: health.score },
        ...{ arrCents, currency, ownerEmail, heldBecause: null },
      }),
    );
  },

  /** A row of risk_flags; only its first day, and the day it clears, are news. */
  flag(row: FlagRow) {
    if (isFirst) return;
    if (row.state === 'new' || row.state === 'reopened') {
      for (const event of flaggedEvents(row, asOf)) to.add(event);
    }
    if (row.state === 'cleared' && row.cleared_on === asOf) to.add(clearedEvent(row, asOf));
  },
});

export type HealthEventDesk = ReturnType<typeof healthEventDesk>;

type FlagRow = RowOf<typeof riskFlags>;

const factOf = ({ account_id, flag }: FlagRow, asOf: Day) => ({
  ...{ asOf, subject: account_id, key: flag },
});

function flaggedEvents(row: FlagRow, asOf: Day) {
  const fact = factOf(row, asOf);
  const told = {
    ...{ accountId: row.account_id, severity: row.severity, evidence: row.evidence },
    ...{ arrCents: row.arr_cents, currency: row.currency, ownerEmail: row.owner_email },
    heldBecause: null,
  } as EventData<'SponsorLeft'>;
  const flagged = domainEvent('ChurnRiskFlagged', fact, {
    ...{ ...told, segment: row.segment, flag: row.flag, play: row.play, dueOn: row.due_on },
    ...{ category: row.category, state: row.state, quietBecause: row.quiet_because },
  } as EventData<'ChurnRiskFlagged'>);
  const own = ownEvents[row.flag as keyof typeof ownEvents];
  return own === undefined ? [flagged] : [flagged, domainEvent(own, fact, told)];
}

const clearedEvent = (row: FlagRow, asOf: Day) =>
  domainEvent('ChurnRiskCleared', factOf(row, asOf), {
    ...{ accountId: row.account_id, flag: row.flag, raisedOn: row.raised_on },
    because: row.cleared_because ?? '',
  });

interface Scored {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly accounts: number;
  readonly currency: string;
}

/** The last event of the run; of each run its own, since each has figures of its own. */
export const accountsScored = (summary: ScoreSummary, scored: Scored) => {
  const { run, states, accounts, currency } = scored;
  const { changedBand, openFlags, guard } = summary;
  const fact = { asOf: run.asOf, subject: run.job, key: run.key };
  return domainEvent('AccountsScored', fact, {
    ...{ accounts, bands: bandsOf(summary), changedBand, openFlags },
    ...{ degraded: isDegraded(states), alertsHeldBecause: guard },
    ...{ currency, manifest: manifestPath(run) },
  });
};

function bandsOf({ whole }: ScoreSummary): EventData<'AccountsScored'>['bands'] {
  const sums = bandWords.map((word) => {
    const part = whole.find(({ band }) => band === word);
    return [word, { customers: part?.accounts ?? 0, arrCents: part?.arrCents ?? 0 }];
  });
  return Object.fromEntries(sums);
}
