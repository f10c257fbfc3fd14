import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { CataloguedJob } from '../shared/jobs/catalogue.ts';
import { waiting } from './failure-queue.ts';
import type { Operations } from './operations.ts';
import type { ScheduledJob } from './scheduled-job.ts';

interface Watch {
  readonly catalogued: CataloguedJob;
  readonly stage: string;
  readonly operations: Operations;
  /** In mode send, in which no mail should wait for a person. */
  readonly sendsMail: boolean;
}

const HOURS_OF_A_WEEK = 168;
const FIVE_MINUTES = { period: Duration.minutes(5) };

type Alarm = (id: string, promise: Parameters<Operations['alarmWhen']>[2]) => void;

/** Every promise of a scheduled job has an alarm that says when it is broken. */
export const watchJob = (
  scheduled: ScheduledJob,
  { catalogued, stage, operations, sendsMail }: Watch,
): void => {
  const { job, timeoutMinutes, overdueHours, mails = false } = catalogued;
  const { lambda, failedRuns, failedDeliveries } = scheduled;
  // Written by functions/lambda-job.ts at the end of a run.
  const written = (metricName: string) =>
    new Metric({
      namespace: 'Holdfast',
      metricName,
      dimensionsMap: { service: `holdfast-${stage}`, job: job.name },
    });
  const alarm: Alarm = (id, promise) =>
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
  // CloudWatch looks back seven days at most, and over a week only by days.
  const period = overdueHours > HOURS_OF_A_WEEK / 2 ? Duration.days(1) : Duration.hours(1);
  alarm('NoSuccess', {
    heading: 'No success',
    says: `has not succeeded for ${overdueHours} hours.`,
    metric: written('RunSucceeded').with({ statistic: Stats.SUM, period }),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: overdueHours / period.toHours(),
    // A job that never ran reports nothing at all.
    treatMissingData: TreatMissingData.BREACHING,
  });
  if (mails) watchMail(alarm, { written, sendsMail });
};

interface MailWatch {
  readonly written: (metricName: string) => Metric;
  readonly sendsMail: boolean;
}

/** Of a job that mails: what may have arrived, and in mode send what waits for a person. */
function watchMail(alarm: Alarm, { written, sendsMail }: MailWatch): void {
  const most = (metricName: string) =>
    written(metricName).with({ ...FIVE_MINUTES, statistic: Stats.MAXIMUM });
  alarm('UncertainMail', {
    heading: 'Uncertain mail',
    says: 'has handed over mail that may have arrived, or not.',
    metric: most('MailUncertain'),
    threshold: 1,
  });
  if (!sendsMail) return;
  alarm('RefusedMail', {
    heading: 'Refused mail',
    says: 'has mail that may not be sent, or was not taken.',
    metric: most('MailRefused'),
    threshold: 1,
  });
  alarm('HeldMail', {
    heading: 'Held mail',
    says: 'holds mail, although mail.mode is send.',
    metric: most('MailHeld'),
    threshold: 1,
  });
}
