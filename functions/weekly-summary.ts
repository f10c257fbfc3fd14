import { weeklySummary } from '../shared/jobs/weekly-summary.ts';
import { resvgRasterizer } from './adapters/resvg-rasterizer.ts';
import { lambdaJob } from './lambda-job.ts';
import { lambdaReportLinks } from './lambda-report-links.ts';
import { awsWorld } from './lambda-world.ts';

export const handler = lambdaJob(weeklySummary, () => {
  const world = awsWorld();
  const mail = { ...world.mail, reportLinks: lambdaReportLinks(world.config) };
  return { ...world, mail, rasterizer: resvgRasterizer() };
});
