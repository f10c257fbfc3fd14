import type { PlannedMessage } from '../outbox/planned-message.ts';
import { writtenCsmWeekly } from '../reports/csm/csm-weekly.ts';
import { CSM_RENEWAL_DAYS } from './csm-desk.ts';
import type { JobInput } from './job.ts';
import type { WeeklyDays } from './weekly-days.ts';
import type { GatheredWeek } from './weekly-gather.ts';

interface Told extends Pick<JobInput, 'asOf' | 'config'> {
  readonly days: WeeklyDays;
  readonly gathered: Pick<GatheredWeek, 'week' | 'csm'>;
}

/** One for each owner of accounts, in the order of their addresses. */
export function* csmMails({ asOf, config, gathered, days }: Told): Generator<PlannedMessage> {
  const { week } = gathered;
  for (const [key, told] of gathered.csm.weeks()) {
    const mail = writtenCsmWeekly({
      ...told,
      ...{ company: config.company, asOf, currency: week.currency, warnings: week.warnings },
      hasMovements: week.health?.hasMovements ?? false,
      renewalsWithinDays: CSM_RENEWAL_DAYS,
      ...{ healthOn: days.health?.asOf ?? null, forecastOn: days.renewals?.asOf ?? null },
      definitionsIds: week.definitionsIds,
    });
    yield {
      kind: 'csm_weekly',
      key: `csm_weekly ${key} ${asOf}`,
      to: { name: null, address: told.recipient },
      cc: [],
      ...mail,
      attachments: [],
    };
  }
}
