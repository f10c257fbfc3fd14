import type { Config } from '../config/schema.ts';
import type { EventType } from '../events/event-types.ts';
import type { Job } from './job.ts';
import { rollupRevenue } from './rollup-revenue.ts';
import { scoreAccounts } from './score-accounts.ts';
import { trackRenewals } from './track-renewals.ts';
import { weeklySummary } from './weekly-summary.ts';

/** What a job needs of Lambda. */
export interface CataloguedJob {
  readonly job: Job;
  readonly memoryMb: number;
  /** What an embedded engine may use beside it on a laptop, before it spills to disk. */
  readonly engineMb: number;
  readonly timeoutMinutes: number;
  /** Hours without a success after which somebody is called. */
  readonly overdueHours: number;
  /** The last event of each of its runs. */
  readonly endsWith: EventType;
  /** Jobs whose end begins it; its schedule stays, for the day on which they do not end. */
  readonly after?: readonly JobName[];
  /** It plans mail, so that its function may send it where mail is configured. */
  readonly mails?: true;
  /** Its mails lead to the report, so that its function may sign links where the report is served. */
  readonly linksReport?: true;
  /** It tells of what is published and asks nothing of the warehouse. */
  readonly isFromResults?: true;
}

/** Every job there is: the CLI runs them by name, the CDK app deploys one function for each. */
export const catalogue: readonly CataloguedJob[] = [
  {
    ...{ job: scoreAccounts, memoryMb: 1024, engineMb: 4000 },
    ...{ timeoutMinutes: 15, overdueHours: 26, endsWith: 'AccountsScored' },
  },
  {
    ...{ job: rollupRevenue, memoryMb: 2048, engineMb: 800 },
    ...{ timeoutMinutes: 15, overdueHours: 26, endsWith: 'RevenueRolledUp' },
    after: ['score-accounts'],
  },
  {
    ...{ job: trackRenewals, memoryMb: 8192, engineMb: 2000 },
    ...{ timeoutMinutes: 15, overdueHours: 26, endsWith: 'RenewalsTracked' },
    after: ['rollup-revenue'],
    mails: true,
  },
  {
    ...{ job: weeklySummary, memoryMb: 2048, engineMb: 500 },
    ...{ timeoutMinutes: 15, overdueHours: 168, endsWith: 'WeekTold' },
    ...{ mails: true, linksReport: true, isFromResults: true },
  },
];

export type JobName = keyof Config['schedules'];

export const jobNamed = (name: string): Job | undefined =>
  catalogue.find(({ job }) => job.name === name)?.job;
