import type { Day } from '../basics/day.ts';
import type { Reconciliation } from '../finance/finance-manifest.ts';
import type { OtherFiles } from '../publish/other-files.ts';
import type { OpenTables } from '../publish/publication.ts';
import type { Run } from '../publish/run-key.ts';
import type { SourceState } from '../sources/finding.ts';
import { calendarFiles } from './calendar-files.ts';
import type { SeenRenewal } from './digest-renewals.ts';
import { type FinanceFiles, financeFiles } from './finance-files.ts';
import { forecastWords } from './forecast-words.ts';
import type { JobInput } from './job.ts';
import type { PastDay } from './past-days.ts';
import { planMail } from './planned-mail.ts';
import { renewalDigests } from './renewal-digests.ts';
import type { renewalTables } from './renewal-tables.ts';

interface Files {
  readonly open: Pick<OpenTables<typeof renewalTables>, 'outboxMessages'>;
  readonly others: OtherFiles;
}

interface Known extends JobInput {
  readonly run: Run;
  readonly states: readonly SourceState[];
  readonly health: PastDay | null;
}

/** The files that leave the tables: what finance syncs, and the calendars of who decides what when. */
export interface OutgoingFiles {
  readonly finance: FinanceFiles;
  /** Takes a renewal with all that was written of it to the tables. */
  add(seen: SeenRenewal): void;
  finish(reconciliation: Reconciliation): Promise<Outgone>;
}

/** What went out, and whom it did not reach. */
interface Outgone {
  readonly ownersLeftOut: number;
  readonly mails: number;
  /** Renewals at a milestone of which nobody is known who could be told. */
  readonly unaddressed: number;
  /** People beyond the most that are mailed in a night. */
  readonly mailsLeftOut: number;
}

export const outgoingFiles = async (
  { open, others }: Files,
  { run, asOf, config, states, health }: Known,
): Promise<OutgoingFiles> => {
  const finance = await financeFiles(others, run);
  const calendars = calendarFiles(others, asOf);
  const definitionsId = `${run.definitions.id}-${run.definitions.hash}`;
  const healthOn = health?.asOf ?? null;
  const digests = renewalDigests({ asOf, config, states, healthOn, definitionsId });
  return {
    finance,
    add(seen) {
      digests.add(seen);
      const { forecast: row } = seen;
      if (row === null) return;
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
      const { ownersLeftOut } = await calendars.finish();
      const mails = await planMail(digests.finish(), open.outboxMessages, others);
      return {
        ownersLeftOut,
        mails,
        unaddressed: digests.unaddressed(),
        mailsLeftOut: digests.leftOut(),
      };
    },
  };
};
