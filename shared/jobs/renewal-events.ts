import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import { domainEvent } from '../events/domain-event.ts';
import type { EventData } from '../events/event-types.ts';
import type { EventRow } from '../publish/event-tables.ts';
import { type Manifest, manifestPath } from '../publish/manifest.ts';
import type { Run } from '../publish/run-key.ts';
import type { WalkRow } from '../renewals/forecast-walk.ts';

interface Change {
  readonly asOf: Day;
  readonly since: Day;
  readonly currency: string;
  readonly policy: Config['renewals']['forecast'];
}

/** One event for each quarter of which clearly more or less is expected than at the last run. */
export const forecastChanged = (
  walk: readonly WalkRow[],
  { asOf, since, currency, policy }: Change,
): EventRow[] =>
  walk
    .filter(({ quarter, opening, closing }) => {
      const change = Math.abs(closing - opening);
      return quarter !== 'all' && change > 0 && change >= opening * policy.change_at;
    })
    .map((row) =>
      domainEvent(
        'ForecastChanged',
        { asOf, subject: row.quarter },
        {
          quarter: row.quarter,
          expectedCents: row.closing,
          lastExpectedCents: row.opening,
          changeCents: row.closing - row.opening,
          ...{ since, currency },
          newCents: row.added,
          wonCents: row.won,
          lostCents: row.lost,
          movedInCents: row.movedIn,
          movedOutCents: row.movedOut,
          upCents: row.up,
          downCents: row.down,
          goneCents: row.gone,
        },
      ),
    );

/** The last event of the run, in the words of its summary. */
export const renewalsTracked = (run: Run, summary: Manifest['summary']): EventRow => {
  const fact = { asOf: run.asOf, subject: run.job, key: run.key };
  return domainEvent('RenewalsTracked', fact, {
    renewals: summary.renewals,
    openArrCents: summary.open_arr_cents,
    expectedCents: summary.expected_cents,
    milestonesReached: summary.milestones_reached,
    currency: summary.currency,
    definitionsId: summary.definitions_id,
    manifest: manifestPath(run),
  } as EventData<'RenewalsTracked'>);
};
