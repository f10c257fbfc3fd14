import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { asText, propertiesOf, root, statementsOf, synthesised } from './synthesised.ts';

const { deployment, template } = synthesised();
const { config } = deployment;

interface Alarm {
  readonly AlarmDescription: string;
  readonly AlarmActions: unknown[];
  readonly MetricName?: string;
  readonly TreatMissingData: string;
}

const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm') as unknown as Alarm[];

describe('the alarms', () => {
  const headings = alarms.map(({ AlarmDescription }) => /#([a-z-]+)$/.exec(AlarmDescription)?.[1]);
  const ofJobs = [
    'errors',
    'failed-deliveries-to-the-function',
    'failed-runs',
    'no-success',
    'slow-run',
    'throttles',
  ];

  test('are one for each promise of each job, and one for what is scanned', () => {
    const ofMailing = catalogue.filter(({ mails }) => mails).map(() => 'uncertain-mail');
    const expected = ['bytes-scanned', ...ofMailing, ...catalogue.flatMap(() => ofJobs)];
    expect(headings.sort()).toEqual(expected.sort());
  });

  test('say what broke and where to read on, and tell the topic', () => {
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription).toMatch(/^.{20,}\. What to do: https:\/\/.*runbook\.md#[a-z-]+$/);
      expect(AlarmActions.map(asText)).toEqual([expect.stringMatching(/^<OperationsAlarms\w+>$/)]);
    }
  });

  test.skipIf(!existsSync(join(root, 'docs/runbook.md')))(
    'have their headings in the runbook',
    () => {
      const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
      const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading.trim().toLowerCase().replaceAll(' ', '-'),
      );
      expect(headings.filter((heading) => !anchors.includes(heading ?? ''))).toEqual([]);
    },
  );

  test('go off when nothing at all is heard of a job', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Holdfast',
      MetricName: 'RunSucceeded',
      Dimensions: [
        { Name: 'job', Value: 'score-accounts' },
        { Name: 'service', Value: 'holdfast-prod' },
      ],
      Period: 3600,
      EvaluationPeriods: 26,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(silent.map(({ MetricName }) => MetricName)).toEqual(catalogue.map(() => 'RunSucceeded'));
  });

  test('go off at 80 % of the time a job has', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Duration',
      Threshold: 720_000,
      Statistic: 'Maximum',
    });
  });

  test('reach people: CloudWatch may use the topic and its key', () => {
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    const said = ['AWS::SNS::TopicPolicy', 'AWS::KMS::Key']
      .flatMap((type) => propertiesOf(template, type))
      .flatMap(({ PolicyDocument, KeyPolicy }) => statementsOf(PolicyDocument ?? KeyPolicy))
      .filter(({ Principal }) => JSON.stringify(Principal) === JSON.stringify(cloudWatch));
    expect(said.map(({ actions }) => actions)).toEqual([
      ['sns:Publish'],
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
    ]);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: config.operations.alarm_email,
    });
  });
});
