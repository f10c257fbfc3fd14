import { scoreAccounts } from '../shared/jobs/score-accounts.ts';
import { lambdaJob } from './lambda-job.ts';

export const handler = lambdaJob(scoreAccounts);
