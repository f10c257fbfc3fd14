import { trackRenewals } from '../shared/jobs/track-renewals.ts';
import { lambdaJob } from './lambda-job.ts';

export const handler = lambdaJob(trackRenewals);
