import { domainEvent } from '../events/domain-event.ts';
import type { EventData } from '../events/event-types.ts';
import { type Manifest, manifestPath } from '../publish/manifest.ts';
import type { Run } from '../publish/run-key.ts';

/** The last event of the run, in the words of its summary. */
export const weekTold = (run: Run, summary: Manifest['summary']) => {
  const { mails_planned: mailsPlanned, accounts_on_page: accountsOnPage, page } = summary;
  return domainEvent('WeekTold', { asOf: run.asOf, subject: run.job, key: run.key }, {
    ...{ mailsPlanned, accountsOnPage, page },
    manifest: manifestPath(run),
  } as EventData<'WeekTold'>);
};
