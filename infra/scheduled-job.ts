import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CataloguedJob } from '../shared/jobs/catalogue.ts';
import { bundledJob } from './bundled-job.ts';
import type { Deployment } from './deployment.ts';
import { failureQueue } from './failure-queue.ts';
import { permitJob } from './job-permissions.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import type { ReportSite } from './report-site.ts';
import type { ResultsLake } from './results-lake.ts';

export interface ScheduledJobProps {
  readonly catalogued: CataloguedJob;
  readonly deployment: Deployment;
  readonly lake: ResultsLake;
  readonly bus: IEventBus;
  /** Null where no mail is configured. */
  readonly mail: OutgoingMail | null;
  /** Null where the report page is not served. */
  readonly site: ReportSite | null;
}

/** A job of the catalogue in the cloud: its function, its schedule, and where failures end up. */
export class ScheduledJob extends Construct {
  readonly lambda: Lambda;
  /** Runs that failed at every attempt. */
  readonly failedRuns: IQueue;
  /** Events that the schedule, or the end of another job, could not hand to the function. */
  readonly failedDeliveries: IQueue;

  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id);
    this.failedRuns = failureQueue(this, 'FailedRuns');
    this.failedDeliveries = failureQueue(this, 'FailedDeliveries');
    this.lambda = jobFunction(this, props, this.failedRuns);
    schedule(this, props, this);
  }
}

function jobFunction(scope: Construct, props: ScheduledJobProps, failedRuns: IQueue): Lambda {
  const { job, memoryMb, timeoutMinutes } = props.catalogued;
  const { mails = false, linksReport = false, isFromResults = false } = props.catalogued;
  const { config, configText, stage } = props.deployment;
  const mail = mails ? props.mail : null;
  const site = linksReport ? props.site : null;
  const logGroup = new LogGroup(scope, 'Logs', { retention: RetentionDays.THREE_MONTHS });
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const readsWarehouse = !isFromResults;
  permitJob(role, { readsWarehouse, config, lake: props.lake, bus: props.bus, logGroup });
  mail?.permit(role);
  site?.permit(role);

  // No reserved concurrency: two runs at once are safe, and a reservation would take from the pool
  // of the account and turn every double delivery into a throttle and an alarm.
  return new Lambda(scope, 'Function', {
    description: job.purpose,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: bundledJob({ job: job.name, configText }),
    handler: 'index.handler',
    memorySize: memoryMb,
    timeout: Duration.minutes(timeoutMinutes),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: {
      HOLDFAST_BUCKET: props.lake.bucket.bucketName,
      HOLDFAST_BUCKET_OWNER: Aws.ACCOUNT_ID,
      HOLDFAST_BUS: props.bus.eventBusName,
      HOLDFAST_WORKGROUP: props.lake.workgroup,
      ...(mail !== null && { HOLDFAST_MAIL: mail.configurationSet }),
      ...(site !== null && {
        HOLDFAST_REPORT_SITE: site.domain,
        HOLDFAST_REPORT_KEY_PAIR: site.keyPairId,
      }),
      // The dimension that keeps the metrics of stages apart.
      POWERTOOLS_SERVICE_NAME: `holdfast-${stage}`,
      // Left alone, the heap grows with the memory there is, and collects late.
      NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${heapMb(memoryMb)}`,
    },
    // An attempt that runs out of time leaves its query running; the next one finds it done.
    retryAttempts: 2,
    maxEventAge: Duration.hours(2),
    onFailure: new SqsDestination(failedRuns),
  });
}

interface Delivery {
  readonly lambda: Lambda;
  readonly failedDeliveries: IQueue;
}

function schedule(scope: Construct, props: ScheduledJobProps, to: Delivery): void {
  const { job } = props.catalogued;
  const { schedules, time_zone } = props.deployment.config;
  const group = new ScheduleGroup(scope, 'Schedules');
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Aws.ACCOUNT_ID,
          'aws:SourceArn': group.scheduleGroupArn,
        },
      },
    }),
  });
  const may = (action: string, resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  may('lambda:InvokeFunction', to.lambda.functionArn);
  may('sqs:SendMessage', to.failedDeliveries.queueArn);

  new Schedule(scope, 'Schedule', {
    description: job.purpose,
    scheduleGroup: group,
    schedule: ScheduleExpression.expression(`cron(${schedules[job.name]})`, TimeZone.of(time_zone)),
    target: new LambdaInvoke(to.lambda, {
      // The target would add every version and alias of the function as well.
      role: role.withoutPolicyUpdates(),
      input: ScheduleTargetInput.fromObject({
        scheduledTime: ContextAttribute.scheduledTime,
        executionId: ContextAttribute.executionId,
      }),
      deadLetterQueue: to.failedDeliveries,
      retryAttempts: 10,
      maxEventAge: Duration.hours(1),
    }),
  });
}

/** A job streams; what is not heap is the buffers of files, and most of the memory. */
const heapMb = (memoryMb: number): number => Math.round(memoryMb * 0.3125);
