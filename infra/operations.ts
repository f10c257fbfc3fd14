import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';

/** The headings of docs/runbook.md; an alarm that has none does not compile. */
export type RunbookHeading =
  | 'Errors'
  | 'Throttles'
  | 'Slow run'
  | 'Failed deliveries to the function'
  | 'Failed runs'
  | 'No success'
  | 'Bytes scanned'
  | 'Uncertain mail'
  | 'Held mail'
  | 'Refused mail'
  | 'Bounce rate'
  | 'Complaint rate'
  | 'Mail feedback';

interface Watched {
  readonly heading: RunbookHeading;
  /** What went wrong, for whoever is woken by it. */
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  readonly evaluationPeriods?: number;
  readonly treatMissingData?: TreatMissingData;
}

/** Who is told, and how, when a promise of the stack is broken. */
export class Operations extends Construct {
  readonly topic: Topic;
  readonly #runbook: string;

  constructor(scope: Construct, id: string, { config }: Deployment) {
    super(scope, id);
    this.#runbook = config.operations.runbook_url ?? 'docs/runbook.md';
    // CloudWatch may not use the AWS-managed key of SNS: alarms would change state and tell nobody.
    const masterKey = new Key(this, 'TopicKey', {
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Alarms', { masterKey, enforceSSL: true });
    masterKey.addToResourcePolicy(this.#cloudWatchMay('kms:Decrypt', 'kms:GenerateDataKey*'));
    this.topic.addToResourcePolicy(this.#cloudWatchMay('sns:Publish'));
    if (config.operations.alarm_email !== undefined) {
      this.topic.addSubscription(new EmailSubscription(config.operations.alarm_email));
    }
  }

  /** Raises an alarm whose text says what broke and where docs/runbook.md tells what to do. */
  alarmWhen(scope: Construct, id: string, watched: Watched): Alarm {
    const { heading, says, comparison, treatMissingData, ...rest } = watched;
    const anchor = heading.toLowerCase().replaceAll(' ', '-');
    const alarm = new Alarm(scope, id, {
      evaluationPeriods: 1,
      ...rest,
      alarmDescription: `${says} What to do: ${this.#runbook}#${anchor}`,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatMissingData ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  #cloudWatchMay(...actions: string[]): PolicyStatement {
    return new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions,
      // A key policy speaks of its own key as *; a topic policy wants the topic.
      resources: actions.includes('sns:Publish') ? [this.topic.topicArn] : ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
  }
}

/** All that the queries of a workgroup scan in a day, however they end. */
export const bytesScanned = (workgroup: string): MathExpression => {
  // The metric spells its states otherwise than the API does; both spellings are counted.
  const states = ['SUCCEEDED', 'FAILED', 'CANCELED', 'CANCELLED'];
  const names = states.map((state) => state.toLowerCase());
  const metricOf = (state: string) =>
    new Metric({
      namespace: 'AWS/Athena',
      metricName: 'ProcessedBytes',
      dimensionsMap: { QueryState: state, QueryType: 'DML', WorkGroup: workgroup },
      statistic: Stats.SUM,
    });
  return new MathExpression({
    expression: `SUM([${names.map((name) => `FILL(${name}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(states.map((state, at) => [names[at], metricOf(state)])),
    period: Duration.days(1),
    label: 'bytes scanned in a day',
  });
};
