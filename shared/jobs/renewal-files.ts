import type { Day } from '../basics/day.ts';
import type { Reconciliation } from '../finance/finance-manifest.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { Run } from '../publish/run-key.ts';
import { calendarFiles } from './calendar-files.ts';
import { type FinanceFiles, financeFiles } from './finance-files.ts';
import { forecastWords } from './forecast-words.ts';
import type { JobInput } from './job.ts';
import type { ForecastRow } from './renewal-desk.ts';

/** The files that leave the tables: what finance syncs, and the calendars of who decides what when. */
export interface OutgoingFiles {
  readonly finance: FinanceFiles;
  /** Takes a forecast as it is written to its table. */
  add(row: ForecastRow): void;
  finish(reconciliation: Reconciliation): Promise<{ readonly ownersLeftOut: number }>;
}

export const outgoingFiles = async (
  others: OtherFiles,
  { run, asOf, config }: JobInput & { readonly run: Run },
): Promise<OutgoingFiles> => {
  const finance = await financeFiles(others, run);
  const calendars = calendarFiles(others, asOf);
  return {
    finance,
    add(row) {
      finance.forecast.add(row);
      if (row.state !== 'open') return;
      calendars.add({
        ...{ renewalId: row.renewal_id, accountId: row.account_id, accountName: row.name },
        product: row.product,
        ...{ decisionOn: row.decision_on as Day, termEnd: row.due_on as Day },
        ...{ dueArrCents: row.due_arr_cents, currency: row.currency },
        ...{ category: row.category, ownerEmail: row.owner_email },
      });
    },
    async finish(reconciliation) {
      await finance.finish({ words: forecastWords(config, asOf), reconciliation });
      return calendars.finish();
    },
  };
};
