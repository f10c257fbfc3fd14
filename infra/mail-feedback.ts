import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import { bundledJob } from './bundled-job.ts';
import { failureQueue, waiting } from './failure-queue.ts';
import type { Operations } from './operations.ts';
import type { ResultsLake } from './results-lake.ts';

interface MailFeedbackProps {
  readonly set: ConfigurationSet;
  readonly lake: ResultsLake;
  readonly operations: Operations;
  readonly stage: string;
}

/** What is told of a mail once SES has taken it, in the words of SES and of EventBridge. */
const TOLD = {
  [EmailSendingEvent.DELIVERY]: 'Email Delivered',
  [EmailSendingEvent.BOUNCE]: 'Email Bounced',
  [EmailSendingEvent.COMPLAINT]: 'Email Complaint Received',
  [EmailSendingEvent.REJECT]: 'Email Rejected',
  [EmailSendingEvent.RENDERING_FAILURE]: 'Email Rendering Failed',
} as const;

/** Hears what became of each mail, and writes it beside the mail in the outbox. */
export class MailFeedback extends Construct {
  constructor(scope: Construct, id: string, props: MailFeedbackProps) {
    super(scope, id);
    const { set, operations } = props;
    const failedRuns = failureQueue(this, 'FailedRuns');
    const failedDeliveries = failureQueue(this, 'FailedDeliveries');
    const lambda = this.#function(props, failedRuns);
    this.#listen(set, lambda, failedDeliveries);
    for (const [alarm, queue] of Object.entries({ failedRuns, failedDeliveries })) {
      operations.alarmWhen(this, `${alarm}Alarm`, {
        heading: 'Mail feedback',
        says: 'What became of a mail could not be noted; the event waits in the queue.',
        metric: waiting(queue),
        threshold: 1,
      });
    }
  }

  #function({ lake, stage }: MailFeedbackProps, failedRuns: IQueue): Lambda {
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.THREE_MONTHS });
    return new Lambda(this, 'Function', {
      description: 'Notes what became of a mail: delivered, came back, or complained of.',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: bundledJob({ job: 'mail-feedback' }),
      handler: 'index.handler',
      memorySize: 256,
      timeout: Duration.minutes(1),
      role: this.#role(lake, logGroup),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        HOLDFAST_BUCKET: lake.bucket.bucketName,
        HOLDFAST_BUCKET_OWNER: Aws.ACCOUNT_ID,
        POWERTOOLS_SERVICE_NAME: `holdfast-${stage}`,
        NODE_OPTIONS: '--enable-source-maps',
      },
      retryAttempts: 2,
      maxEventAge: Duration.hours(2),
      onFailure: new SqsDestination(failedRuns),
    });
  }

  /** It may read and write the outbox, and list: else S3 would not say that one is missing. */
  #role({ bucket }: ResultsLake, logGroup: LogGroup): Role {
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const role = new Role(this, 'Role', { assumedBy });
    const outbox = `${bucket.bucketArn}/outbox/*`;
    for (const [actions, resource] of [
      [['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn],
      [['s3:GetObject', 's3:PutObject'], outbox],
      [['s3:ListBucket'], bucket.bucketArn],
    ] as const) {
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    }
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${flattenCfnReference(Stack.of(this).resolve(outbox))}]`,
      reason: 'The id of the mail, which is in the key, comes with the event.',
    });
    return role;
  }

  /** SES tells EventBridge on the default bus alone; others in the account may mail as well. */
  #listen(set: ConfigurationSet, lambda: Lambda, deadLetterQueue: IQueue): void {
    const eventBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    set.addEventDestination('Events', {
      destination: EventDestination.eventBus(eventBus),
      events: Object.keys(TOLD) as EmailSendingEvent[],
    });
    new Rule(this, 'Rule', {
      description: 'What became of mails of Holdfast.',
      eventBus,
      eventPattern: {
        source: ['aws.ses'],
        detailType: Object.values(TOLD),
        detail: { mail: { tags: { 'ses:configuration-set': [set.configurationSetName] } } },
      },
      targets: [
        new LambdaFunction(lambda, {
          ...{ deadLetterQueue, retryAttempts: 10, maxEventAge: Duration.hours(1) },
        }),
      ],
    });
  }
}
