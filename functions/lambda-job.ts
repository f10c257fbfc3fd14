import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { type Day, dayField, dayInZone } from '../shared/basics/day.ts';
import { HoldfastError } from '../shared/basics/problem.ts';
import type { Job, JobOutcome } from '../shared/jobs/job.ts';
import type { Progress } from '../shared/ports/progress.ts';
import { awsWorld, type LambdaWorld } from './lambda-world.ts';
import { told } from './told-failure.ts';

const eventField = z.union([
  z.strictObject({
    scheduledTime: z.iso.datetime({ offset: true }),
    executionId: z.string().optional(),
  }),
  z.strictObject({ asOf: dayField, revision: z.int().positive().optional() }),
]);

/** What a finished run answers to whoever invoked it; counts and keys, nobody's name. */
export interface RunSummary {
  readonly job: string;
  readonly as_of: Day;
  readonly run_key: string;
  readonly computed: boolean;
  readonly published: boolean;
  readonly latest: boolean;
  readonly degraded: boolean;
  readonly events: JobOutcome['events'];
  readonly mail: JobOutcome['mail'];
  readonly summary: JobOutcome['manifest']['summary'];
}

/** Every function is a job behind this: event, as_of, run, summary. */
export const lambdaJob = (job: Job, openWorld: () => LambdaWorld = awsWorld) => {
  const logger = new Logger();
  const metrics = new Metrics({ namespace: 'Holdfast', defaultDimensions: { job: job.name } });
  let world: LambdaWorld | undefined;

  return async (event: unknown, context: LambdaContext): Promise<RunSummary> => {
    logger.resetKeys();
    logger.appendKeys({ job: job.name, request_id: context.awsRequestId });
    try {
      world ??= openWorld();
      const { executionId, ...due } = dueRun(event, world.config.time_zone);
      logger.appendKeys({ as_of: due.asOf, execution_id: executionId });
      logger.info('Run begins');
      const outcome = await attempt(job, due, { world, context, progress: progressIn(logger) });
      const summary = summaryOf(outcome, due.asOf);
      logger.info('Run succeeded', { ...summary });
      countRun(metrics, summary);
      return summary;
    } catch (error) {
      throw told(error, logger);
    }
  };
};

type LambdaContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

interface DueRun {
  readonly asOf: Day;
  /** Of a manual run that computes a day anew. */
  readonly revision?: number;
  /** Of the scheduler; unique to each attempt, so it is logged and never keyed on. */
  readonly executionId?: string;
}

/**
 * The day a run was due in the business time zone, on which a late run still works. Anything but
 * the time of a schedule or a day is refused: a guess would publish under a wrong date.
 */
export const dueRun = (event: unknown, timeZone: string): DueRun => {
  const parsed = eventField.safeParse(event);
  if (!parsed.success) throw unknownEvent(event);
  if ('asOf' in parsed.data) return parsed.data;
  const { scheduledTime, ...rest } = parsed.data;
  return { asOf: dayInZone(new Date(scheduledTime), timeZone), ...rest };
};

interface Surroundings {
  readonly world: LambdaWorld;
  readonly context: LambdaContext;
  readonly progress: Progress;
}

async function attempt(job: Job, due: DueRun, { world, context, progress }: Surroundings) {
  const { config, openWarehouse, ...ports } = world;
  const warehouse = openWarehouse(() => context.getRemainingTimeInMillis());
  try {
    return await job.run({ ...due, config }, { ...ports, warehouse, progress });
  } finally {
    await warehouse.close();
  }
}

function unknownEvent(event: unknown): HoldfastError {
  return new HoldfastError('usage', [
    {
      where: 'the event',
      found: (JSON.stringify(event) ?? 'nothing').slice(0, 200),
      expected: '{ "scheduledTime": "<time>" } from the schedule, or { "asOf": "YYYY-MM-DD" }',
      fix: 'Invoke it with the day to work on, such as { "asOf": "2026-03-31" }.',
    },
  ]);
}

/** Steps become log lines; of the updates within a step each tenth is enough. */
function progressIn(logger: Logger): Progress {
  return {
    step(title) {
      let tenths = 0;
      logger.info(title);
      return {
        update(done, total) {
          const reached = total > 0 ? Math.floor((10 * done) / total) : 0;
          if (reached > tenths) logger.info(title, { done, total });
          tenths = Math.max(tenths, reached);
        },
        done: (outcome) => logger.info(title, { outcome }),
      };
    },
  };
}

function summaryOf({ manifest, ...outcome }: JobOutcome, asOf: Day): RunSummary {
  const { job, run_key, degraded, summary } = manifest;
  const { computed, published, latest, events, mail } = outcome;
  const stands = { computed, published, latest, degraded };
  return { job, as_of: asOf, run_key, ...stands, events, mail, summary };
}

function countRun(metrics: Metrics, { degraded, mail, summary }: RunSummary): void {
  metrics.addMetric('RunSucceeded', MetricUnit.Count, 1);
  metrics.addMetric('degraded', MetricUnit.Count, degraded ? 1 : 0);
  if (typeof summary.accounts === 'number') {
    metrics.addMetric('accounts', MetricUnit.Count, summary.accounts);
  }
  // What a damaged file keeps back is as unknown as what has left without an answer.
  const unknown = mail.doubtful.length + mail.broken.length;
  if (mail.planned > 0 || unknown > 0) {
    metrics.addMetric('MailUncertain', MetricUnit.Count, unknown);
    metrics.addMetric('MailRefused', MetricUnit.Count, mail.refused);
    metrics.addMetric('MailHeld', MetricUnit.Count, mail.held);
  }
  metrics.publishStoredMetrics();
}
