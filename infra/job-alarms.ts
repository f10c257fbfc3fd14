import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { CataloguedJob } from '../shared/jobs/catalogue.ts';
import type { Operations } from './operations.ts';
import type { ScheduledJob } from './scheduled-job.ts';

interface Watch {
  readonly catalogued: CataloguedJob;
  readonly stage: string;
  readonly operations: Operations;
}

const FIVE_MINUTES = { period: Duration.minutes(5) };

/** Every promise of a scheduled job has an alarm that says when it is broken. */
export const watchJob = (
  scheduled: ScheduledJob,
  { catalogued, stage, operations }: Watch,
): void => {
  const { job, timeoutMinutes, overdueHours } = catalogued;
  const { lambda, failedRuns, failedDeliveries } = scheduled;
  const alarm = (id: string, promise: Parameters<Operations['alarmWhen']>[2]) =>
    operations.alarmWhen(scheduled, `${id}Alarm`, {
      ...promise,
      says: `${job.name} ${promise.says}`,
    });

  alarm('Errors', {
    heading: 'Errors',
    says: 'failed; Lambda may still be trying again.',
    metric: lambda.metricErrors(FIVE_MINUTES),
    threshold: 1,
  });
  alarm('Throttles', {
    heading: 'Throttles',
    says: 'was held back by the concurrency limit of the account.',
    metric: lambda.metricThrottles(FIVE_MINUTES),
    threshold: 1,
  });
  alarm('SlowRun', {
    heading: 'Slow run',
    says: `took more than 80 % of its ${timeoutMinutes} minutes.`,
    metric: lambda.metricDuration({ ...FIVE_MINUTES, statistic: Stats.MAXIMUM }),
    threshold: 0.8 * Duration.minutes(timeoutMinutes).toMilliseconds(),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
  });
  alarm('FailedDeliveries', {
    heading: 'Failed deliveries to the function',
    says: 'was due, but its schedule, or the bus, could not hand it the event.',
    metric: waiting(failedDeliveries),
    threshold: 1,
  });
  alarm('FailedRuns', {
    heading: 'Failed runs',
    says: 'failed at every attempt; its event waits in the queue.',
    metric: waiting(failedRuns),
    threshold: 1,
  });
  alarm('NoSuccess', {
    heading: 'No success',
    says: `has not succeeded for ${overdueHours} hours.`,
    metric: successes(job.name, stage),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: overdueHours,
    // A job that never ran reports nothing at all.
    treatMissingData: TreatMissingData.BREACHING,
  });
};

const waiting = (queue: IQueue) =>
  queue.metricApproximateNumberOfMessagesVisible({ ...FIVE_MINUTES, statistic: Stats.MAXIMUM });

/** Written by functions/lambda-job.ts at the end of a run. */
const successes = (job: string, stage: string): Metric =>
  new Metric({
    namespace: 'Holdfast',
    metricName: 'RunSucceeded',
    dimensionsMap: { service: `holdfast-${stage}`, job },
    statistic: Stats.SUM,
    period: Duration.hours(1),
  });
