import { catalogue } from '../shared/jobs/catalogue.ts';
import { scoreAccounts } from '../shared/jobs/score-accounts.ts';

/** What DuckDB may use beside the job on a laptop; its checks get the same where SQL does the rest. */
export const ENGINE_MB = catalogue.find(({ job }) => job.name === scoreAccounts.name)?.engineMb;
