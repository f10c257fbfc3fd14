import { toDay } from '../../shared/basics/day.ts';
import { domainEvent } from '../../shared/events/domain-event.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';
import { type EventRow, healthEvents } from '../../shared/publish/event-tables.ts';
import type { Manifest } from '../../shared/publish/manifest.ts';
import { writeTables } from '../../shared/publish/publication.ts';
import { definitionsOf, runOf } from '../../shared/publish/run-key.ts';

const asOf = toDay('2026-11-22');

/** A flag that was raised, of an account of its own. */
const flagged = (index: number): EventRow =>
  domainEvent(
    'SponsorLeft',
    { asOf, subject: `A-${index}` },
    {
      ...{ accountId: `A-${index}`, severity: 'high', evidence: 'gone', arrCents: index },
      ...{ currency: 'USD', ownerEmail: null, heldBecause: null },
    },
  );

const cleared = (index: number): EventRow =>
  domainEvent(
    'ChurnRiskCleared',
    { asOf, subject: `A-${index}`, key: 'silence' },
    { accountId: `A-${index}`, flag: 'silence', raisedOn: '2026-11-01', because: 'they called' },
  );

/** A committed run with so many events: alerts and others by turns, its end being the last. */
export const committedRun = async (
  store: ObjectStore,
  count: number,
  summary: Manifest['summary'] = {},
): Promise<Manifest> => {
  const definitions = definitionsOf('test-1', {});
  const run = runOf({ job: 'score-accounts', asOf, config: {}, definitions, revision: 1 });
  const files = await writeTables(store, run, { healthEvents }, async (open) => {
    for (let index = 0; index < count; index += 1) {
      open.healthEvents.add(index % 2 === 0 ? flagged(index) : cleared(index));
    }
  });
  return {
    ...{ schema_version: 2, job: run.job, as_of: asOf, run_key: run.key },
    ...{ config_hash: run.configHash, revision: 1, definitions },
    ...{ history: { last_run: null, baseline: null }, degraded: false, sources: [], findings: 0 },
    ...{ files, summary },
  };
};
