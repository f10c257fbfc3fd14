import { domainEvent } from '../events/domain-event.ts';
import type { EventData } from '../events/event-types.ts';
import { type Manifest, manifestPath } from '../publish/manifest.ts';
import type { Run } from '../publish/run-key.ts';

/** The last event of the run, in the words of its summary. */
export const revenueRolledUp = (run: Run, summary: Manifest['summary']) => {
  const fact = { asOf: run.asOf, subject: run.job, key: run.key };
  const { arr_cents: arrCents, definitions_id: definitionsId } = summary;
  const { nrr, grr, currency, method } = summary;
  return domainEvent('RevenueRolledUp', fact, {
    ...{ arrCents, nrr, grr, currency, method, definitionsId },
    manifest: manifestPath(run),
  } as EventData<'RevenueRolledUp'>);
};
