import { rollupRevenue } from '../shared/jobs/rollup-revenue.ts';
import { lambdaJob } from './lambda-job.ts';

export const handler = lambdaJob(rollupRevenue);
