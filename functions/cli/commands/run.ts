import type { Day } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { catalogue, type JobName, jobNamed } from '../../../shared/jobs/catalogue.ts';
import type { Job, JobOutcome, JobPorts } from '../../../shared/jobs/job.ts';
import { resvgRasterizer } from '../../adapters/resvg-rasterizer.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { consoleProgress } from '../console-progress.ts';
import type { ExitCode } from '../main.ts';
import { openBus } from '../open-bus.ts';
import { openConfig } from '../open-config.ts';
import { openCrew } from '../open-crew.ts';
import { openMailers } from '../open-mailer.ts';
import { openStore, openWarehouse } from '../open-warehouse.ts';
import { printHealthRun } from '../print-health-run.ts';
import { printRenewalRun } from '../print-renewal-run.ts';
import { printRevenueRun } from '../print-revenue-run.ts';
import { printWeeklyRun } from '../print-weekly-run.ts';

interface RunOptions {
  readonly config: string;
  readonly asOf: Day;
  readonly out: string;
  readonly revision?: number;
  /** Name of an EventBridge bus. */
  readonly bus?: string;
}

/** Runs one job by name and says what it found and where the files are. */
export const run = async (name: string, options: RunOptions): Promise<ExitCode> => {
  const job = jobNamed(name);
  if (job === undefined) throw unknownJob(name);
  const outcome = await runJob(job, options);
  await printers[job.name](outcome, options.out);
  return 0;
};

/** What each job says of its run. */
const printers: Readonly<Record<JobName, (outcome: JobOutcome, out: string) => Promise<void>>> = {
  'score-accounts': printHealthRun,
  'rollup-revenue': printRevenueRun,
  'track-renewals': printRenewalRun,
  'weekly-summary': printWeeklyRun,
};

type Surroundings = Pick<JobPorts, 'clock' | 'progress'>;

export const runJob = async (
  job: Job,
  { config: file, asOf, out, revision, bus }: RunOptions,
  { clock = systemClock, progress = consoleProgress() }: Partial<Surroundings> = {},
): Promise<JobOutcome> => {
  const config = await openConfig(file);
  const engineMb = catalogue.find((one) => one.job.name === job.name)?.engineMb;
  const warehouse = await openWarehouse(config, out, engineMb);
  const store = await openStore(out);
  const ports = {
    warehouse,
    store,
    bus: await openBus(out, bus),
    mail: { ...(await openMailers(config, { out, store })), random: Math.random },
    ...openCrew(out),
    rasterizer: resvgRasterizer(),
    clock,
    progress,
  };
  try {
    return await job.run({ asOf, config, ...(revision && { revision }) }, ports);
  } finally {
    await warehouse.close();
  }
};

function unknownJob(name: string): HoldfastError {
  const known = catalogue.map(({ job }) => job.name).join(', ');
  const problem = {
    where: 'run',
    found: `no job "${name}"`,
    expected: known,
    fix: 'Name one of these.',
  };
  return new HoldfastError('usage', [problem]);
}
